// Identity: the exact signals by which records of several portals are known to be the same thing. A key is one signal
// in a form that compares byte by byte; nothing in it is guessed. Which keys link, and into which families: family.h.
// Pure.
//
// Only what is unique in the world becomes a key: a web address below its host (compared without http or https, and
// without a slash at its end), a DOI, a UUID or an id that holds one, a urn or ark; or an id together with its portal.
// "42" alone does not.
#pragma once

#include <moisson/harvest/harvested_record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::dcat {

// Where a record bears a key. The first five tell of the record itself, the last two of the record that it was taken
// from.
enum class Signal : std::uint8_t {
  iri,               // its own IRI
  identifier,        // dct:identifier
  other_identifier,  // adms:identifier
  portal_id,         // the id that its portal knows it by
  page,              // its page at its portal
  origin_id,         // the id that it had at the portal it was harvested from
  origin_url,        // its address there
};
std::string_view to_string(Signal signal);
std::optional<Signal> signal(std::string_view word);

inline bool tells_origin(Signal signal) { return signal >= Signal::origin_id; }

struct IdentityKey {
  Signal signal = Signal::iri;
  std::string value;  // at most 2,000 bytes, no control characters
  bool operator==(const IdentityKey&) const = default;
};

// At most 16, each value once, under the most telling signal: what is said of the origin first.
std::vector<IdentityKey> identity_keys(const harvest::HarvestedRecord& record);

// The key of a web address, DOI, UUID, urn or ark; empty for what another thing may be called too.
std::string unique_key(std::string_view text);

// The portal of an address, as keys name it: its host, with the port where that is not the usual one. A host alone is
// one, too.
std::string portal_of(std::string_view address);

// The portal that a key of a web address or of a portal's id names; empty for others.
std::string_view portal_of_key(std::string_view key);

// Raised when the keys of a stored record change, so that they are made again.
inline constexpr int identity_version = 1;

}  // namespace moisson::dcat
