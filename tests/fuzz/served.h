// Served: a portal that answers every request with the same bytes, in pieces. For targets that read pages; one thread.
#pragma once

#include <moisson/net/fetcher.h>

#include <string>
#include <string_view>

namespace moisson::fuzz {

class Served final : public net::Fetcher {
 public:
  Served(std::string_view bytes, std::string_view type) : bytes_(bytes), type_(type) {}

  Result<net::FetchAnswer> fetch(const net::FetchRequest& request, const net::BodySink& body) override {
    constexpr std::size_t piece = 13;
    for (std::size_t at = 0; at < bytes_.size(); at += piece)
      if (auto taken = body(bytes_.substr(at, piece), at == 0); !taken) return taken.error();
    net::FetchAnswer answer;
    answer.status = 200;
    answer.final_url = request.url;
    answer.content_type = type_;
    answer.bytes = bytes_.size();
    return answer;
  }

 private:
  std::string_view bytes_;
  std::string_view type_;
};

}  // namespace moisson::fuzz
