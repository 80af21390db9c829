#include "store/vault.h"

#include <sodium.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace moisson::store {
namespace {

constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Error io(const std::filesystem::path& file, std::string what) {
  return Error{ErrorCode::io, std::move(what) + ": " + std::strerror(errno), file.string(), ""};
}

// Never over a key that is there: what it sealed would be lost.
Result<void> write_key(const std::filesystem::path& file, std::string_view key) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return io(file, "the key of the secrets cannot be made");
  const bool written =
      ::write(descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!written) return io(file, "the key of the secrets cannot be written");
  return {};
}

}  // namespace

Result<void> Vault::need_key(bool make) {
  if (!key_.empty()) return {};
  if (sodium_init() < 0) return Error{ErrorCode::internal, "libsodium cannot start", "", ""};
  std::ifstream in(key_file_, std::ios::binary);
  if (in) {
    std::string key(key_bytes + 1, '\0');
    in.read(key.data(), static_cast<std::streamsize>(key.size()));
    if (in.gcount() != static_cast<std::streamsize>(key_bytes))
      return Error{ErrorCode::corrupt, "the key of the secrets has not " + std::to_string(key_bytes) + " bytes",
                   key_file_.string(), "put the right file back, or remove it and enter the secrets again"};
    key.resize(key_bytes);
    key_ = std::move(key);
    return {};
  }
  if (!make)
    return Error{ErrorCode::io, "the key of the secrets is not there", key_file_.string(),
                 "put it back beside the store, or enter the secrets again"};
  std::string key(key_bytes, '\0');
  randombytes_buf(key.data(), key.size());
  if (const auto written = write_key(key_file_, key); written.has_error()) return written.error();
  key_ = std::move(key);
  return {};
}

Result<std::string> Vault::seal(std::string_view secret, std::string_view purpose) {
  const std::lock_guard lock(mutex_);
  if (const auto key = need_key(true); key.has_error()) return key.error();
  std::string sealed(nonce_bytes + secret.size() + tag_bytes, '\0');
  randombytes_buf(sealed.data(), nonce_bytes);
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed) + nonce_bytes, &size, bytes(secret), secret.size(),
                                             bytes(purpose), purpose.size(), nullptr, bytes(sealed),
                                             bytes(std::string_view(key_)));
  return sealed;
}

Result<std::string> Vault::open(std::string_view sealed, std::string_view purpose) {
  const std::lock_guard lock(mutex_);
  if (const auto key = need_key(false); key.has_error()) return key.error();
  const Error broken{ErrorCode::corrupt, "a stored secret cannot be opened with this key", key_file_.string(),
                     "put the right key file back, or enter the secret again"};
  if (sealed.size() < nonce_bytes + tag_bytes) return broken;
  std::string secret(sealed.size() - nonce_bytes - tag_bytes, '\0');
  unsigned long long size = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(secret), &size, nullptr, bytes(sealed) + nonce_bytes,
                                                 sealed.size() - nonce_bytes, bytes(purpose), purpose.size(),
                                                 bytes(sealed), bytes(std::string_view(key_))) != 0)
    return broken;
  return secret;
}

}  // namespace moisson::store
