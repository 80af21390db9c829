#include "auth/api_token.h"

#include "auth/secret.h"
#include "core/text.h"

#include <algorithm>

namespace moisson::auth {
namespace {

constexpr std::string_view prefix = "moisson_";
constexpr std::size_t id_size = 16;
constexpr std::size_t secret_size = 43;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Letters and digits only, so that a double click takes the whole of it.
std::string random_letters(std::size_t size) {
  std::string letters;
  while (letters.size() < size)
    for (const char c : random_secret())
      if (is_letter(c) && letters.size() < size) letters += c;
  return letters;
}

}  // namespace

std::string ApiToken::text() const { return std::string(prefix) + id + "_" + secret; }

ApiToken mint_token() { return {random_letters(id_size), random_letters(secret_size)}; }

std::optional<ApiToken> bearer_token(std::string_view authorization) {
  constexpr std::string_view scheme = "Bearer ";
  if (authorization.size() < scheme.size() || !iequals_ascii(authorization.substr(0, scheme.size()), scheme))
    return std::nullopt;
  const std::string_view text = trim(authorization.substr(scheme.size()));
  if (text.size() != prefix.size() + id_size + 1 + secret_size || !text.starts_with(prefix)) return std::nullopt;
  ApiToken token{std::string(text.substr(prefix.size(), id_size)),
                 std::string(text.substr(prefix.size() + id_size + 1))};
  if (text[prefix.size() + id_size] != '_' || !std::all_of(token.id.begin(), token.id.end(), is_letter) ||
      !std::all_of(token.secret.begin(), token.secret.end(), is_letter))
    return std::nullopt;
  return token;
}

}  // namespace moisson::auth
