#include "auth/secret.h"

#include "core/base64.h"

#include <sodium.h>

#include <array>
#include <new>
#include <semaphore>
#include <stdexcept>

namespace moisson::auth {
namespace {

std::counting_semaphore<2> hashing{2};

class Turn {
 public:
  Turn() { hashing.acquire(); }
  ~Turn() { hashing.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

void initialise_once() {
  // Fails only where the machine has no source of randomness: nothing here may go on then.
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium does not start: this machine gives no randomness");
}

}  // namespace

std::string random_secret() {
  initialise_once();
  std::array<char, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return base64url({bytes.data(), bytes.size()});
}

std::string hash_secret(std::string_view secret) {
  initialise_once();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const Turn turn;
  if (crypto_pwhash_str_alg(hash.data(), secret.data(), secret.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc();
  return hash.data();
}

bool matches_hash(std::string_view secret, const std::string& hash) {
  initialise_once();
  const Turn turn;
  return crypto_pwhash_str_verify(hash.c_str(), secret.data(), secret.size()) == 0;
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace moisson::auth
