#include "net/curl_fetcher.h"

#include "core/compress.h"
#include "http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

namespace moisson::net {
namespace {

using namespace std::chrono_literals;
using http::Request;
using http::Response;

// Pieces of a body, then its end, or the error that cuts the connection.
class Pieces final : public http::BodyStream {
 public:
  Pieces(std::string piece, int times, bool cut) : piece_(std::move(piece)), left_(times), cut_(cut) {}
  Result<bool> next(std::string& piece) override {
    if (left_ == 0 && cut_) return Error{ErrorCode::io, "cut", "", ""};
    if (left_-- == 0) return false;
    piece = piece_;
    return true;
  }

 private:
  std::string piece_;
  int left_;
  bool cut_;
};

Response answer(int status, std::string body = {}, std::string_view type = "text/plain") {
  Response response;
  response.status = status;
  response.headers.set("Content-Type", std::string(type));
  response.body = std::move(body);
  return response;
}

Response redirect(std::string to) {
  Response response = answer(302);
  response.headers.set("Location", std::move(to));
  return response;
}

// A server whose every path is answered by what `answers` says; requests are kept.
class Site {
 public:
  explicit Site(std::function<Response(const Request&)> answers) : answers_(std::move(answers)) {
    http::ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.workers = 1;
    server_ = http::Server::start(options, router_).value();
  }

  std::string url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + std::string(path);
  }
  std::vector<Request> asked(std::string_view path) {
    const std::lock_guard lock(mutex_);
    std::vector<Request> found;
    for (const Request& request : requests_) {
      if (request.path == path) found.push_back(request);
    }
    return found;
  }

 private:
  Response handle(const Request& request) {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    return answers_(request);
  }

  std::function<Response(const Request&)> answers_;
  std::mutex mutex_;
  std::vector<Request> requests_;
  http::Route route(std::string_view method) {
    http::Route made{method, "/{path}", [this](const Request& r) { return handle(r); }, "", ""};
    made.access = http::Role::everyone;
    return made;
  }

  http::Router router_{{route("GET"), route("POST")}};
  std::unique_ptr<http::Server> server_;
};

class CurlFetcherTest : public testing::Test {
 protected:
  FetcherOptions options() {
    FetcherOptions made;
    made.user_agent = "Moisson-test/1";
    made.policy.allowed = {parse_network("127.0.0.0/8").value()};
    made.waiter = [this](std::chrono::milliseconds time, const std::stop_token& stop) {
      waits_.push_back(time);
      return !stop.stop_requested();
    };
    return made;
  }
  CurlFetcher fetcher() { return {options(), gate_, stop_.get_token()}; }

  HostGate gate_{[](std::chrono::milliseconds, const std::stop_token& stop) { return !stop.stop_requested(); }};
  std::stop_source stop_;
  std::vector<std::chrono::milliseconds> waits_;
};

Response no_robots(const Request& request, const std::function<Response()>& otherwise) {
  return request.path == "/robots.txt" ? answer(404) : otherwise();
}

TEST_F(CurlFetcherTest, ReadsABodyWithItsTypeAndValidators) {
  Site site([](const Request& r) {
    return no_robots(r, [] {
      Response response = answer(200, "salut", "text/turtle; charset=utf-8");
      response.headers.set("ETag", "\"v1\"");
      response.headers.set("Last-Modified", "Wed, 01 May 2024 12:34:56 GMT");
      return response;
    });
  });
  FetchRequest request(site.url("/a"));
  request.accept = "text/turtle";
  request.headers = {{"X-Key", "secret"}};
  auto got = fetcher().fetch_all(request);
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(got->second, "salut");
  EXPECT_EQ(got->first.status, 200);
  EXPECT_EQ(got->first.content_type, "text/turtle; charset=utf-8");
  EXPECT_EQ(got->first.validators.etag, "\"v1\"");
  EXPECT_EQ(got->first.validators.last_modified, "Wed, 01 May 2024 12:34:56 GMT");
  EXPECT_EQ(got->first.bytes, 5u);
  const auto asked = site.asked("/a");
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].headers.get("Accept"), "text/turtle");
  EXPECT_EQ(asked[0].headers.get("X-Key"), "secret");
  EXPECT_EQ(asked[0].headers.get("User-Agent"), "Moisson-test/1");
}

TEST_F(CurlFetcherTest, SendsValidatorsBackAndTakes304) {
  Site site([](const Request& r) {
    return no_robots(r, [&] {
      Response response = answer(r.headers.get("If-None-Match") == "\"v1\"" ? 304 : 200, "x");
      if (response.status == 304) response.body = std::string();
      response.headers.set("ETag", "\"v1\"");
      return response;
    });
  });
  FetchRequest request(site.url("/a"));
  request.validators.etag = "\"v1\"";
  auto got = fetcher().fetch_all(request);
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(got->first.status, 304);
  EXPECT_TRUE(got->second.empty());
}

TEST_F(CurlFetcherTest, DeniesLoopbackUnlessItIsAllowed) {
  Site site([](const Request&) { return answer(200, "inside"); });
  auto with = options();
  with.policy.allowed.clear();
  CurlFetcher strict(with, gate_, {});
  for (const std::string& url :
       {site.url("/a"), std::string("http://localhost/"), std::string("http://[::1]/"), std::string("http://0x7f.1/"),
        std::string("http://[::ffff:127.0.0.1]/"), std::string("http://169.254.169.254/latest/meta-data")}) {
    auto got = strict.fetch_all(FetchRequest(url));
    ASSERT_FALSE(got) << url;
    EXPECT_EQ(got.error().code, ErrorCode::refused) << url << ": " << to_string(got.error());
    EXPECT_TRUE(got.error().message.starts_with("blocked by policy")) << got.error().message;
  }
  EXPECT_TRUE(site.asked("/a").empty());
  EXPECT_TRUE(waits_.empty()) << "a denial is not retried";
}

TEST_F(CurlFetcherTest, DeniesARedirectToAnAddressThatThePolicyRefuses) {
  Site inside([](const Request&) { return answer(200, "inside"); });
  std::string target;
  Site site([&](const Request& r) { return no_robots(r, [&] { return redirect(target); }); });
  auto with = options();
  with.policy.allowed = {parse_network("127.0.0.1").value()};
  CurlFetcher fetcher(with, gate_, {});
  target = "http://127.0.0.2:9/";
  auto got = fetcher.fetch_all(FetchRequest(site.url("/a")));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::refused);
  for (const char* elsewhere : {"file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/"}) {
    target = elsewhere;
    got = fetcher.fetch_all(FetchRequest(site.url("/a")));
    ASSERT_FALSE(got) << elsewhere;
    EXPECT_EQ(got.error().code, ErrorCode::invalid_input) << to_string(got.error());
  }
}

TEST_F(CurlFetcherTest, KeepsCredentialsFromAnotherHost) {
  Site other([](const Request& r) { return no_robots(r, [] { return answer(200, "other"); }); });
  Site site([&](const Request& r) {
    return no_robots(r, [&] {
      if (r.path == "/near") return redirect("/here");
      if (r.path == "/far") return redirect(other.url("/there"));
      return answer(200, "same");
    });
  });
  auto fetch = fetcher();
  FetchRequest request(site.url("/near"));
  request.headers = {{"Authorization", "secret"}, {"X-CKAN-API-Key", "secret"}};
  ASSERT_TRUE(fetch.fetch_all(request));
  EXPECT_EQ(site.asked("/here").at(0).headers.get("X-CKAN-API-Key"), "secret");
  request.url = site.url("/far");
  auto got = fetch.fetch_all(request);
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(got->second, "other");
  EXPECT_EQ(got->first.final_url, other.url("/there"));
  const auto there = other.asked("/there");
  ASSERT_EQ(there.size(), 1u);
  EXPECT_EQ(there[0].headers.get("Authorization"), "");
  EXPECT_EQ(there[0].headers.get("X-CKAN-API-Key"), "");
}

TEST_F(CurlFetcherTest, FollowsFiveRedirectsAndNoMore) {
  Site site([](const Request& r) {
    return no_robots(r, [&] {
      const int left = std::stoi(r.path.substr(1));
      return left == 0 ? answer(200, "there") : redirect("/" + std::to_string(left - 1));
    });
  });
  EXPECT_TRUE(fetcher().fetch_all(FetchRequest(site.url("/5"))));
  auto got = fetcher().fetch_all(FetchRequest(site.url("/6")));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().message, "more than 5 redirects");
}

TEST_F(CurlFetcherTest, StopsAGzipBombAtTheCapOfDecodedBytes) {
  const std::string bomb = gzip_compress(std::string(50'000'000, '0'));
  Site site([&](const Request& r) {
    return no_robots(r, [&] {
      Response response = answer(200, bomb);
      response.headers.set("Content-Encoding", "gzip");
      return response;
    });
  });
  FetchRequest request(site.url("/bomb"));
  request.max_bytes = 1'000'000;
  std::size_t most = 0, given = 0;
  auto got = fetcher().fetch(request, [&](std::string_view piece, bool) -> Result<void> {
    given += piece.size();
    most = std::max(most, given);
    return {};
  });
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::too_large);
  EXPECT_LE(most, 1'000'000u);
  EXPECT_TRUE(waits_.empty());
}

TEST_F(CurlFetcherTest, AsksAgainWithoutCodingWhenTheCodingIsALie) {
  Site site([](const Request& r) {
    return no_robots(r, [&] {
      Response response = answer(200, "plain all along");
      if (r.headers.get("Accept-Encoding") != "identity") response.headers.set("Content-Encoding", "gzip");
      return response;
    });
  });
  auto got = fetcher().fetch_all(FetchRequest(site.url("/a")));
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(got->second, "plain all along");
}

TEST_F(CurlFetcherTest, RetriesWithBackOffUntilItIsAnswered) {
  std::atomic<int> asked = 0;
  Site site(
      [&](const Request& r) { return no_robots(r, [&] { return ++asked < 3 ? answer(503) : answer(200, "up"); }); });
  auto got = fetcher().fetch_all(FetchRequest(site.url("/a")));
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(got->first.attempts, 3);
  EXPECT_EQ(waits_.size(), 2u);
}

TEST_F(CurlFetcherTest, SaysHowOftenItTried) {
  Site site([&](const Request& r) { return no_robots(r, [] { return answer(503); }); });
  auto got = fetcher().fetch_all(FetchRequest(site.url("/a")));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::unreachable);
  EXPECT_EQ(got.error().message, "503 Service Unavailable after 4 attempts");
  EXPECT_EQ(got.error().where, site.url("/a"));
  EXPECT_EQ(site.asked("/a").size(), 4u);
}

TEST_F(CurlFetcherTest, WaitsAsRetryAfterAsksAndEndsWhenItAsksTooMuch) {
  std::atomic<int> asked = 0;
  Site site([&](const Request& r) {
    return no_robots(r, [&] {
      Response response = answer(429);
      response.headers.set("Retry-After", r.path == "/long" ? "7200" : "17");
      return r.path == "/short" && ++asked == 2 ? answer(200, "ok") : std::move(response);
    });
  });
  ASSERT_TRUE(fetcher().fetch_all(FetchRequest(site.url("/short"))));
  EXPECT_EQ(waits_, std::vector<std::chrono::milliseconds>{17s});
  auto got = fetcher().fetch_all(FetchRequest(site.url("/long")));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().message, "429 Too Many Requests, to be asked again in 7200 s");
}

TEST_F(CurlFetcherTest, RetriesACutBodyAndBeginsAgain) {
  std::atomic<int> asked = 0;
  Site site([&](const Request& r) {
    return no_robots(r, [&] {
      Response response = answer(200);
      response.body = std::make_unique<Pieces>("0123456789", 2, ++asked == 1);
      return response;
    });
  });
  auto got = fetcher().fetch_all(FetchRequest(site.url("/a")));
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(got->second, "01234567890123456789");
  EXPECT_EQ(got->first.attempts, 2);
}

TEST_F(CurlFetcherTest, TellsACutBodyFromAWholeOne) {
  Site site([&](const Request& r) {
    return no_robots(r, [&] {
      Response response = answer(200);
      response.body = std::make_unique<Pieces>("half", 1, true);
      return response;
    });
  });
  auto got = fetcher().fetch_all(FetchRequest(site.url("/a")));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::unreachable);
  EXPECT_TRUE(got.error().message.ends_with("after 4 attempts")) << got.error().message;
}

TEST_F(CurlFetcherTest, RefusesHeadersBeyondTheirCap) {
  Site site([](const Request& r) {
    return no_robots(r, [] {
      Response response = answer(200, "x");
      for (int i = 0; i < 20; ++i) response.headers.add("X-Filler-" + std::to_string(i), std::string(4000, 'f'));
      return response;
    });
  });
  auto got = fetcher().fetch_all(FetchRequest(site.url("/a")));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::too_large) << to_string(got.error());
}

TEST_F(CurlFetcherTest, NamesRefusalsAndAbsences) {
  Site site([](const Request& r) {
    return no_robots(r, [&] {
      if (r.path == "/challenge") {
        Response response = answer(403, "<html>", "text/html");
        response.headers.set("cf-mitigated", "challenge");
        return response;
      }
      return answer(std::stoi(r.path.substr(1)), R"({"success": false, "error": {"message": "Access denied"}})",
                    "application/json");
    });
  });
  const auto error = [&](std::string_view path) { return fetcher().fetch_all(FetchRequest(site.url(path))).error(); };
  EXPECT_EQ(error("/401").code, ErrorCode::refused);
  EXPECT_EQ(error("/403").message, "403 Forbidden");
  EXPECT_NE(error("/403").hint.find("Access denied"), std::string::npos);
  EXPECT_EQ(error("/451").code, ErrorCode::refused);
  EXPECT_EQ(error("/404").code, ErrorCode::not_found);
  EXPECT_EQ(error("/410").code, ErrorCode::not_found);
  EXPECT_EQ(error("/409").code, ErrorCode::invalid_input);
  EXPECT_EQ(error("/challenge").code, ErrorCode::refused);
  EXPECT_NE(error("/challenge").message.find("challenge"), std::string::npos);
}

TEST_F(CurlFetcherTest, TakesItsPaceFromRobotsAndTellsWhatItDisallowsToEverybody) {
  Site site([](const Request& r) {
    return r.path == "/robots.txt" ? answer(200, "User-agent: *\nDisallow: /api\nCrawl-delay: 10\n") : answer(200, "x");
  });
  auto fetch = fetcher();
  ASSERT_TRUE(fetch.fetch_all(FetchRequest(site.url("/api"))));
  ASSERT_TRUE(fetch.fetch_all(FetchRequest(site.url("/free"))));
  EXPECT_EQ(fetch.disallowed(), std::vector<std::string>{site.url("/api")});
  EXPECT_EQ(site.asked("/robots.txt").size(), 1u);
  const auto host = site.url("").substr(7);
  EXPECT_EQ(gate_.delay(host), 10s);
}

TEST_F(CurlFetcherTest, ObeysARobotsRuleThatNamesIt) {
  Site site([](const Request& r) {
    return r.path == "/robots.txt" ? answer(200, "User-agent: Moisson\nDisallow: /private\n") : answer(200, "x");
  });
  auto got = fetcher().fetch_all(FetchRequest(site.url("/private")));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::refused);
  EXPECT_NE(got.error().message.find("robots.txt"), std::string::npos);
  EXPECT_TRUE(site.asked("/private").empty());
  EXPECT_TRUE(fetcher().fetch_all(FetchRequest(site.url("/public"))));
}

TEST_F(CurlFetcherTest, AStopEndsATransferAtOnce) {
  std::mutex hold;
  hold.lock();
  Site site([&](const Request& r) {
    return no_robots(r, [&] {
      stop_.request_stop();
      hold.lock();  // never answers before the client is gone
      hold.unlock();
      return answer(200, "late");
    });
  });
  auto got = fetcher().fetch_all(FetchRequest(site.url("/slow")));
  hold.unlock();
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::cancelled);
}

TEST_F(CurlFetcherTest, AStopEndsAWait) {
  Site site([](const Request& r) { return no_robots(r, [] { return answer(503); }); });
  auto with = options();
  with.waiter = [this](std::chrono::milliseconds, const std::stop_token&) {
    stop_.request_stop();
    return false;
  };
  auto got = CurlFetcher(with, gate_, stop_.get_token()).fetch_all(FetchRequest(site.url("/a")));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::cancelled);
}

TEST_F(CurlFetcherTest, ReturnsTheErrorOfTheSink) {
  Site site([](const Request& r) { return no_robots(r, [] { return answer(200, "x"); }); });
  auto got = fetcher().fetch(FetchRequest(site.url("/a")), [](std::string_view, bool) -> Result<void> {
    return Error{ErrorCode::invalid_input, "not a catalog", "", ""};
  });
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().message, "not a catalog");
}

TEST_F(CurlFetcherTest, RefusesWhatIsNotAWebAddress) {
  for (const char* url :
       {"", "portal", "file:///etc/passwd", "ftp://x/", "http:///x", "http://user:secret@127.0.0.1/"}) {
    auto got = fetcher().fetch_all(FetchRequest(url));
    ASSERT_FALSE(got) << url;
    EXPECT_EQ(got.error().code, ErrorCode::invalid_input) << url;
    EXPECT_EQ(to_string(got.error()).find("secret"), std::string::npos);
  }
}

TEST_F(CurlFetcherTest, SaysUnreachableWhereNobodyListens) {
  int port = 0;
  {
    port = std::stoi(Site([](const Request&) { return answer(200); }).url("").substr(17));
  }
  auto got = fetcher().fetch_all(FetchRequest("http://127.0.0.1:" + std::to_string(port) + "/"));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::unreachable);
}

TEST_F(CurlFetcherTest, PostsABodyAsItIs) {
  Site site([](const Request& request) {
    return no_robots(
        request, [&] { return answer(200, request.body + " " + std::string(request.headers.get("Content-Type"))); });
  });
  FetchRequest request(site.url("/form"));
  request.post = Post{"application/x-www-form-urlencoded", "a=1&b=" + std::string(100'000, 'x')};
  auto fetched = fetcher().fetch_all(request);
  ASSERT_TRUE(fetched) << to_string(fetched.error());
  EXPECT_EQ(fetched->second, request.post->body + " application/x-www-form-urlencoded");
  EXPECT_EQ(site.asked("/form").front().method, "POST");
  EXPECT_EQ(site.asked("/form").front().headers.get("Expect"), "");
}

TEST_F(CurlFetcherTest, FollowsNoRedirectOfAPostAndRepeatsItOnlyAsOftenAsAsked) {
  Site site([](const Request& request) {
    return no_robots(request, [&] { return request.path == "/moved" ? redirect("/form") : answer(503); });
  });
  FetchRequest moved(site.url("/moved"));
  moved.post = Post{"application/json", "{}"};
  EXPECT_EQ(fetcher().fetch_all(moved).error().message, "a redirect of a POST, which is not followed");
  EXPECT_TRUE(site.asked("/form").empty());
  FetchRequest once(site.url("/form"));
  once.post = moved.post;
  once.attempts = 1;
  EXPECT_EQ(fetcher().fetch_all(once).error().code, ErrorCode::unreachable);
  EXPECT_EQ(site.asked("/form").size(), 1U);
}

}  // namespace
}  // namespace moisson::net
