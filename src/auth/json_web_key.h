// JSON Web Keys (RFC 7517): the public keys that a provider signs with. OpenSSL stays behind this door. Thread-safe
// when const.
#pragma once

#include <moisson/core/result.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::auth {

// The algorithms taken, of RFC 7518 §3.1: one for each kind of key, so that a token cannot choose how its key is used.
enum class Algorithm { rs256, es256 };

class JsonWebKey {
 public:
  std::string id;  // kid; may be empty
  Algorithm algorithm = Algorithm::rs256;

  // Whether `signature` (as JOSE writes it: for ES256 r and s, 32 bytes each) is this key's over `text`.
  bool verifies(std::string_view text, std::string_view signature) const;

  std::shared_ptr<void> key;  // EVP_PKEY
};

inline constexpr std::size_t max_keys = 100;

// The signing keys of a set {"keys":[…]}: RSA of at least 2,048 bits and EC on P-256; others are left out.
// invalid_input: not a set. An empty list is an answer.
Result<std::vector<JsonWebKey>> read_key_set(std::string_view json);

}  // namespace moisson::auth
