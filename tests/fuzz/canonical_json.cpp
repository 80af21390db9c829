// Any bytes as a stored record.
#include "dcat/canonical_json.h"

#include "dcat/fingerprint.h"
#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  auto record = dcat::from_json(bytes);
  if (!record) return;
  const std::string written = dcat::to_json(*record);
  const auto again = dcat::from_json(written);
  require(again.has_value(), "a record that is written can be read");
  require(dcat::to_json(*again) == written, "canonical JSON is a fixed point");
  require(dcat::fingerprint(*again) == dcat::fingerprint(*record), "the fingerprint survives the store");
  dcat::canonicalise(*record);
  require(*record == *again, "canonicalise gives what the store gives");
}

}  // namespace moisson::fuzz
