#include <moisson/net/fetcher.h>

namespace moisson::net {

Result<std::pair<FetchAnswer, std::string>> Fetcher::fetch_all(const FetchRequest& request) {
  std::string whole;
  auto answer = fetch(request, [&](std::string_view piece, bool begin) -> Result<void> {
    if (begin) whole.clear();
    whole.append(piece);
    return {};
  });
  if (!answer) return answer.error();
  return std::pair{std::move(*answer), std::move(whole)};
}

}  // namespace moisson::net
