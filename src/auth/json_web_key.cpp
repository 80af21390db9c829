#include "auth/json_web_key.h"

#include "core/base64.h"
#include "core/deleter.h"
#include "core/json.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <optional>

namespace moisson::auth {
namespace {

constexpr int least_rsa_bits = 2048;    // NIST SP 800-131A
constexpr int most_rsa_bits = 8192;     // a larger one only costs time
constexpr std::size_t coordinate = 32;  // bytes, on P-256

using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

std::optional<std::string> bytes_in(json::View key, std::string_view member) {
  return base64url_decode(key[member].string().value_or("="));
}

std::shared_ptr<void> make_key(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return {key, [](void* each) { EVP_PKEY_free(static_cast<EVP_PKEY*>(each)); }};
}

std::shared_ptr<void> rsa_key(json::View key) {
  const auto modulus = bytes_in(key, "n"), exponent = bytes_in(key, "e");
  if (!modulus || !exponent) return nullptr;
  const Number n = number_of(*modulus), e = number_of(*exponent);
  if (BN_num_bits(n.get()) < least_rsa_bits || BN_num_bits(n.get()) > most_rsa_bits) return nullptr;
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  return make_key("RSA", builder.get());
}

std::shared_ptr<void> ec_key(json::View key) {
  if (key["crv"].string() != "P-256") return nullptr;
  const auto x = bytes_in(key, "x"), y = bytes_in(key, "y");
  if (!x || !y || x->size() != coordinate || y->size() != coordinate) return nullptr;
  const std::string point = "\x04" + *x + *y;  // uncompressed (SEC 1 §2.3.3)
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  return make_key("EC", builder.get());
}

// JOSE writes r and s side by side (RFC 7518 §3.4), OpenSSL reads DER.
std::string der_of(std::string_view signature) {
  const Signature made(ECDSA_SIG_new());
  ECDSA_SIG_set0(made.get(), number_of(signature.substr(0, coordinate)).release(),
                 number_of(signature.substr(coordinate)).release());
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(made.get(), &der);
  const std::unique_ptr<unsigned char, Deleter<[](unsigned char* each) { OPENSSL_free(each); }>> owned(der);
  return size > 0 ? std::string(reinterpret_cast<char*>(der), static_cast<std::size_t>(size)) : std::string();
}

std::optional<JsonWebKey> read_key(json::View view) {
  if (view["use"].exists() && view["use"].string() != "sig") return std::nullopt;
  JsonWebKey key;
  key.id = view["kid"].text();
  const bool rsa = view["kty"].string() == "RSA";
  if (!rsa && view["kty"].string() != "EC") return std::nullopt;
  key.algorithm = rsa ? Algorithm::rs256 : Algorithm::es256;
  if (view["alg"].exists() && view["alg"].string() != (rsa ? "RS256" : "ES256")) return std::nullopt;
  key.key = rsa ? rsa_key(view) : ec_key(view);
  if (!key.key) return std::nullopt;
  return key;
}

}  // namespace

bool JsonWebKey::verifies(std::string_view text, std::string_view signature) const {
  std::string der;
  if (algorithm == Algorithm::es256) {
    if (signature.size() != 2 * coordinate) return false;
    der = der_of(signature);
    signature = der;
  }
  const DigestContext context(EVP_MD_CTX_new());
  return context &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, static_cast<EVP_PKEY*>(key.get())) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

Result<std::vector<JsonWebKey>> read_key_set(std::string_view text) {
  const auto document = json::Document::parse(text);
  if (!document) return document.error();
  const json::View keys = document->root()["keys"];
  if (!keys.is(json::Kind::array)) return Error{ErrorCode::invalid_input, "not a set of JSON web keys", "/keys", ""};
  std::vector<JsonWebKey> read;
  for (std::size_t i = 0; i < keys.size() && read.size() < max_keys; ++i)
    if (auto key = read_key(keys[i])) read.push_back(std::move(*key));
  return read;
}

}  // namespace moisson::auth
