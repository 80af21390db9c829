// Identity: who asks, as the gate found out; and what a route asks of them. Values; thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::http {

// Each may what those before it may. A reader sees the whole reports of the sources named to them, an operator also
// decides for these sources and registers new ones, an administrator may everything.
enum class Role : std::uint8_t { everyone, reader, operator_, administrator };

// "everyone", "reader", "operator", "administrator".
std::string_view to_string(Role role);
std::optional<Role> role(std::string_view word);

// Stands in Identity::sources for every source, registered ones and those to come.
inline constexpr std::string_view every_source = "*";

struct Identity {
  enum class By : std::uint8_t { nobody, session, token };

  By by = By::nobody;
  std::string account;  // its id in the store; empty: nobody
  std::string name;     // for people and the audit log: a mail address, or a token's "name (mail address)"
  Role role = Role::everyone;
  std::vector<std::string> sources;  // ids of the sources that the role is about; nothing for an administrator: all are
  std::string form_key;              // of a session: every form carries it as the hidden field of this name

  bool is_known() const { return by != By::nobody; }

  // Whether the role reaches `least`, and is about this source; an empty `source` is no source in particular.
  bool may(Role least, std::string_view source = {}) const;
};

// The hidden field that holds Identity::form_key.
inline constexpr std::string_view form_key_field = "form_key";

// Whose source a request is about, so that the gate can ask whether the caller looks after it.
struct Subject {
  enum class Kind : std::uint8_t { nothing, source, job, record };

  Kind kind = Kind::nothing;
  // A capture of the pattern; with `in_body` a field of the form or a member of the JSON object, which may be absent:
  // the request is then about no source yet.
  std::string_view name = "id";
  bool in_body = false;
};

}  // namespace moisson::http
