// Portal: a server of a test's own on port 0, with documents that may change and faults that a test scripts. Thread-safe.
#pragma once

#include "http/server.h"

#include <moisson/http/message.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::test {

http::Response answer(int status, std::string body = {}, std::string_view type = "text/plain");
http::Response html_login();  // 200, as portals behind a single sign-on answer

// The same response, its body cut in the middle and its connection closed.
http::Response truncated(http::Response response);

// What a portal does instead of, or to, its plain answer. Called from the server's workers, one at a time.
struct Script {
  std::function<std::optional<http::Response>(const http::Request&)> before;
  std::function<http::Response(const http::Request&, http::Response)> after;
};

class Portal {
 public:
  using Handler = std::function<http::Response(const http::Request&)>;

  // `handler` answers what is no document; none: 404. robots.txt is 404 unless it is a document.
  explicit Portal(Handler handler = {});

  std::string url(std::string_view path = {}) const;  // "http://127.0.0.1:PORT" + path

  // A document; has an ETag of its bytes, as all answers here.
  void put(std::string path, std::string body, std::string type);
  void remove(const std::string& path);
  void script(Script script);
  void go_away();  // every request from now on is cut without an answer
  void come_back();

  std::vector<std::string> asked() const;  // targets in order, robots.txt left out
  void forget();

 private:
  http::Response handle(const http::Request& request);

  struct Document {
    std::string body;
    std::string type;
  };
  Handler handler_;
  mutable std::mutex mutex_;
  std::map<std::string, Document> documents_;
  Script script_;
  bool away_ = false;
  std::vector<std::string> asked_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace moisson::test
