// Signer: a provider's private key in a test, made there: its JWK, and tokens signed with it, right or wrong.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace moisson::test {

class Signer {
 public:
  static Signer rsa(std::string id, int bits = 2048);
  static Signer es256(std::string id);

  std::string jwk() const;                                                   // {"kty":…}
  std::string sign(std::string_view claims) const;                           // with the header that fits
  std::string sign(std::string_view header, std::string_view claims) const;  // with any header
  std::string pem() const;  // of the public key, as HS256 forgers use it

 private:
  std::string id_;
  bool rsa_ = true;
  std::shared_ptr<void> key_;  // EVP_PKEY
};

// {"keys":[…]}
std::string key_set(std::initializer_list<const Signer*> signers);

// HEADER.CLAIMS.HMAC-SHA256 with this key, and HEADER.CLAIMS. with no signature at all.
std::string hs256(std::string_view key, std::string_view header, std::string_view claims);
std::string unsigned_token(std::string_view claims);

}  // namespace moisson::test
