// Secrets: made at random, kept as hashes, compared in constant time. libsodium lives behind this door. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace moisson::auth {

// 32 random bytes as base64url: 43 characters that nobody guesses.
std::string random_secret();

// Argon2id (RFC 9106), libsodium's interactive strength: about 0.1 s and 64 MiB. At most two are made or checked at
// once, whoever asks: others wait, so that a flood of wrong tokens costs 128 MiB and no more.
std::string hash_secret(std::string_view secret);
bool matches_hash(std::string_view secret, const std::string& hash);

// Whether two texts are equal, in a time that tells nothing of where they differ.
bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace moisson::auth
