#include "tests/auth/signer.h"

#include "core/base64.h"
#include "core/hash.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <vector>

namespace moisson::test {
namespace {

EVP_PKEY* pkey(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

std::shared_ptr<void> owned(EVP_PKEY* key) {
  return {key, [](void* each) { EVP_PKEY_free(static_cast<EVP_PKEY*>(each)); }};
}

std::string number_in(EVP_PKEY* key, const char* name, int size = 0) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  std::string bytes(static_cast<std::size_t>(size > 0 ? size : BN_num_bytes(number)), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  BN_free(number);
  return base64url(bytes);
}

std::string signature_of(EVP_PKEY* key, std::string_view text) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key);
  std::size_t size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  EVP_DigestSign(context, nullptr, &size, bytes, text.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, text.size());
  signature.resize(size);
  EVP_MD_CTX_free(context);
  return signature;
}

std::string jose_of(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* read = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  std::string both(64, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(both.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(read), bytes, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(read), bytes + 32, 32);
  ECDSA_SIG_free(read);
  return both;
}

std::string body_of(std::string_view header, std::string_view claims) {
  return base64url(header) + "." + base64url(claims);
}

}  // namespace

Signer Signer::rsa(std::string id, int bits) {
  Signer made;
  made.id_ = std::move(id);
  made.key_ = owned(EVP_RSA_gen(static_cast<unsigned>(bits)));
  return made;
}

Signer Signer::es256(std::string id) {
  Signer made;
  made.id_ = std::move(id);
  made.rsa_ = false;
  made.key_ = owned(EVP_EC_gen("P-256"));
  return made;
}

std::string Signer::jwk() const {
  EVP_PKEY* key = pkey(key_);
  if (rsa_)
    return R"({"kty":"RSA","use":"sig","alg":"RS256","kid":")" + id_ + R"(","n":")" +
           number_in(key, OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" + number_in(key, OSSL_PKEY_PARAM_RSA_E) + "\"}";
  return R"({"kty":"EC","crv":"P-256","kid":")" + id_ + R"(","x":")" + number_in(key, OSSL_PKEY_PARAM_EC_PUB_X, 32) +
         R"(","y":")" + number_in(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32) + "\"}";
}

std::string Signer::sign(std::string_view claims) const {
  return sign(std::string(R"({"alg":")") + (rsa_ ? "RS256" : "ES256") + R"(","kid":")" + id_ + "\"}", claims);
}

std::string Signer::sign(std::string_view header, std::string_view claims) const {
  const std::string body = body_of(header, claims);
  const std::string signature = signature_of(pkey(key_), body);
  return body + "." + base64url(rsa_ ? signature : jose_of(signature));
}

std::string Signer::pem() const {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(memory, pkey(key_));
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory, &text);
  std::string pem(text, static_cast<std::size_t>(size));
  BIO_free(memory);
  return pem;
}

std::string key_set(std::initializer_list<const Signer*> signers) {
  std::string keys;
  for (const Signer* signer : signers) (keys += keys.empty() ? "" : ",") += signer->jwk();
  return "{\"keys\":[" + keys + "]}";
}

std::string hs256(std::string_view key, std::string_view header, std::string_view claims) {
  const std::string body = body_of(header, claims);
  return body + "." + base64url(hmac_sha256(key, body));
}

std::string unsigned_token(std::string_view claims) { return body_of(R"({"alg":"none"})", claims) + "."; }

}  // namespace moisson::test
