// Vault: seals the secrets of sources (API keys) before they are stored, with a key of its own beside the store, so that
// the database and its backups hold nothing readable. XChaCha20-Poly1305 (libsodium); what a secret is for is
// authenticated, so that a sealed one cannot be moved to another source. The one door to libsodium of this room.
// Thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

namespace moisson::store {

class Vault {
 public:
  // The key file is made at the first secret, readable by its owner alone (0600).
  explicit Vault(std::filesystem::path key_file) : key_file_(std::move(key_file)) {}
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // io: the key cannot be made or read.
  Result<std::string> seal(std::string_view secret, std::string_view purpose);
  // corrupt: sealed with another key or for another purpose, or changed since.
  Result<std::string> open(std::string_view sealed, std::string_view purpose);

 private:
  Result<void> need_key(bool make);

  const std::filesystem::path key_file_;
  std::mutex mutex_;  // guards key_
  std::string key_;   // empty: not read yet
};

}  // namespace moisson::store
