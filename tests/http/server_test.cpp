#include "http/server.h"

#include "http/conditional.h"
#include "http/problem.h"
#include "raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <semaphore>
#include <stdexcept>
#include <thread>

namespace moisson::http {
namespace {

using namespace std::chrono_literals;

Response text(std::string body, std::string_view type = "text/plain") {
  Response response;
  response.headers.set("Content-Type", std::string(type));
  response.body = std::move(body);
  return response;
}

// `pieces` pieces of 64 KiB, then the end, or an error if `cut`. `dropped` is told when the stream is destroyed.
class Pieces final : public BodyStream {
 public:
  Pieces(int pieces, bool cut, std::atomic<int>* made = nullptr, std::promise<void>* dropped = nullptr)
      : left_(pieces), cut_(cut), made_(made), dropped_(dropped) {}
  ~Pieces() override {
    if (dropped_ != nullptr) dropped_->set_value();
  }
  Result<bool> next(std::string& piece) override {
    if (left_ == 0 && cut_) return Error{ErrorCode::io, "the disk is gone", "", ""};
    if (left_ == 0) return false;
    --left_;
    if (made_ != nullptr) ++*made_;
    piece.assign(65536, 'x');
    return true;
  }

 private:
  int left_;
  bool cut_;
  std::atomic<int>* made_;
  std::promise<void>* dropped_;
};

Response stream(std::unique_ptr<BodyStream> body) {
  Response response;
  response.headers.set("Content-Type", "application/octet-stream");
  response.body = std::move(body);
  return response;
}

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    std::vector<Route> routes;
    const auto add = [&](std::string_view method, std::string_view pattern, Handler handler) {
      Route route{method, pattern, std::move(handler), "", ""};
      route.access = Role::everyone;
      routes.push_back(std::move(route));
    };
    add("GET", "/hello", [](const Request&) { return text("hello"); });
    add("GET", "/big", [](const Request&) {
      auto response = text(std::string(100'000, 'a'));
      response.headers.set("ETag", "\"one\"");
      return response;
    });
    add("GET", "/early", [](const Request& request) {
      if (is_fresh(request, "\"one\"")) return not_modified("\"one\"");
      auto response = text(std::string(100'000, 'a'));
      response.headers.set("ETag", "\"one\"");
      return response;
    });
    add("POST", "/echo", [](const Request& request) { return text(request.body); });
    add("GET", "/query", [](const Request& request) { return text(std::string(first(request.query, "q"))); });
    add("GET", "/throw", [](const Request&) -> Response { throw std::runtime_error("secret cause"); });
    add("GET", "/stream", [](const Request&) { return stream(std::make_unique<Pieces>(20, false)); });
    add("GET", "/cut", [](const Request&) { return stream(std::make_unique<Pieces>(3, true)); });
    add("GET", "/stillborn", [](const Request&) { return stream(std::make_unique<Pieces>(0, true)); });
    add("GET", "/endless",
        [this](const Request&) { return stream(std::make_unique<Pieces>(1'000'000, false, &made_, &dropped_)); });
    add("GET", "/gate", [this](const Request&) {
      entered_.count_down();
      gate_.get_future().wait();
      return text("through");
    });
    add("GET", "/later", [this](const Request& request) {
      const auto until = request.received + patience_;
      if (ready_ || request.received == std::chrono::steady_clock::time_point{}) return text("come");
      if (std::chrono::steady_clock::now() >= until) return text("nothing came");
      deferred_.release();
      Response response;
      response.later = until;
      return response;
    });
    add("GET", "/never", [](const Request& request) {
      Response response;
      response.later = request.received;
      return response;
    });
    add("GET", "/inject", [](const Request&) {
      auto response = text("x");
      response.headers.set("X-Title", "a\r\nSet-Cookie: b");
      return response;
    });
    router_ = std::make_unique<Router>(std::move(routes));
  }

  void start(ServerOptions options = {}) {
    options.listen = "127.0.0.1:0";
    if (options.workers == 0) options.workers = 4;
    auto started = Server::start(options, *router_);
    ASSERT_TRUE(started) << to_string(started.error());
    server_ = std::move(*started);
  }
  std::uint16_t port() const { return server_->port(); }

  // What the server says to these bytes; it must close after a refusal.
  RawReply refused(std::string_view bytes) {
    RawClient client(port());
    client.send(bytes);
    auto reply = client.read();
    EXPECT_EQ(reply.header("Connection"), "close") << bytes.substr(0, 60);
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
    EXPECT_TRUE(client.ended());
    return reply;
  }

  std::atomic<int> made_ = 0;
  std::promise<void> dropped_, gate_;
  std::latch entered_{1};
  std::atomic<bool> ready_ = false;  // of /later
  std::chrono::milliseconds patience_ = 60s;
  std::counting_semaphore<> deferred_{0};
  std::unique_ptr<Router> router_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, AnswersWithLengthDateAndNoSniffing) {
  start();
  const auto reply = get(port(), "/hello");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "hello");
  EXPECT_EQ(reply.header("Content-Length"), "5");
  EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(reply.header("Cache-Control"), "no-cache");
  EXPECT_THAT(reply.header("Date"), ::testing::EndsWith("GMT"));
}

TEST_F(ServerTest, AnswersProblemsForUnknownAddressesAndMethods) {
  start();
  const auto missing = get(port(), "/nowhere");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("Content-Type"), "application/problem+json");
  RawClient client(port());
  client.send("DELETE /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  const auto wrong = client.read();
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD");
}

TEST_F(ServerTest, AnswersMalformedRequestsInsteadOfClosing) {
  start();
  EXPECT_EQ(refused("rubbish\r\n\r\n").status, 400);
  EXPECT_EQ(refused("GET /hello HTTP/1.1\r\n\r\n").status, 400) << "no Host";
  EXPECT_EQ(refused("GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").status, 400);
  EXPECT_EQ(refused("GET /hello HTTP/1.1\r\nHost : a\r\n\r\n").status, 400);
  EXPECT_EQ(refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n").status,
            400);
  EXPECT_EQ(refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n").status, 400);
  EXPECT_EQ(refused("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n").status, 400);
}

TEST_F(ServerTest, RefusesBodiesThatItCannotUnframe) {
  start();
  for (const std::string coding : {"gzip, chunked", "identity", "chunked, chunked", "xchunked"})
    EXPECT_EQ(refused("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n").status,
              501);
}

TEST_F(ServerTest, RefusesWhatIsTooLarge) {
  start();
  EXPECT_EQ(refused("GET /" + std::string(10'000, 'a') + " HTTP/1.1\r\nHost: t\r\n\r\n").status, 414);
  EXPECT_EQ(refused("GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\nHost: t\r\n\r\n").status, 414);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: t\r\nX: " + std::string(40'000, 'a') + "\r\n\r\n").status, 431);
  EXPECT_EQ(refused("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 2000000\r\n\r\n").status, 413);
  EXPECT_EQ(
      refused("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 2000000\r\n\r\n" + std::string(2'000'000, 'b')).status,
      413);
}

TEST_F(ServerTest, ReadsBodiesByLengthAndByChunks) {
  start();
  RawClient client(port());
  client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(client.read().body, "abc");
  client.send("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1\r\nf\r\n0\r\n\r\n");
  EXPECT_EQ(client.read().body, "def");
  client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read().status, 100);
  client.send("ghi");
  EXPECT_EQ(client.read().body, "ghi");
}

TEST_F(ServerTest, TakesQueriesThatPeopleType) {
  start();
  EXPECT_EQ(get(port(), "/query?q=eau+potable%20|%7B").body, "eau potable |{");
  EXPECT_EQ(get(port(), "/query?q=100%").body, "100%");
  EXPECT_EQ(get(port(), "/query?q=%ff").body, "\xEF\xBF\xBD");
  EXPECT_EQ(get(port(), "http://elsewhere/query?q=a").body, "a");
  std::string many = "/query?";
  for (int i = 0; i < 201; ++i) many += "a=&";
  EXPECT_EQ(get(port(), many).status, 400);
}

TEST_F(ServerTest, SendsNoBodyToHead) {
  start();
  RawClient client(port());
  client.send("HEAD /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  const auto reply = client.read(true);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Length"), "5");
  client.send("HEAD /stream HTTP/1.1\r\nHost: t\r\n\r\nGET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(client.read(true).status, 200);
  EXPECT_EQ(client.read().body, "hello");
}

TEST_F(ServerTest, CompressesOnceAndTagsEachCodingApart) {
  start();
  const auto plain = get(port(), "/big");
  const auto packed = get(port(), "/big", "Accept-Encoding: br, gzip\r\n");
  EXPECT_EQ(plain.header("ETag"), "\"one\"");
  EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(packed.header("ETag"), "\"one-gzip\"");
  EXPECT_LT(packed.body.size(), 1000u);
  EXPECT_EQ(packed.body.substr(0, 2), "\x1f\x8b");
}

TEST_F(ServerTest, AnswersNotModifiedForTheCodingTheClientHolds) {
  start();
  for (std::string_view target : {"/big", "/early"}) {
    const auto plain = get(port(), target, "If-None-Match: \"other\", W/\"one\"\r\n");
    EXPECT_EQ(plain.status, 304);
    EXPECT_EQ(plain.header("ETag"), "\"one\"");
    EXPECT_EQ(plain.header("Content-Length"), "");
    const auto packed = get(port(), target, "If-None-Match: \"one-gzip\"\r\nAccept-Encoding: gzip\r\n");
    EXPECT_EQ(packed.status, 304);
    EXPECT_EQ(packed.header("ETag"), "\"one-gzip\"");
    EXPECT_EQ(get(port(), target, "If-None-Match: \"one-gzip\"\r\n").status, 200);
    EXPECT_EQ(get(port(), target, "If-None-Match: \"two\"\r\n").status, 200);
  }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  start();
  RawClient client(port());
  std::string requests;
  for (int i = 0; i < 50; ++i) requests += "GET /query?q=" + std::to_string(i) + " HTTP/1.1\r\nHost: t\r\n\r\n";
  client.send(requests);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.read().body, std::to_string(i));
}

TEST_F(ServerTest, ClosesWhenAskedAndForHttp10) {
  start();
  RawClient asked(port());
  asked.send("GET /hello HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(asked.read().header("Connection"), "close");
  EXPECT_TRUE(asked.ended());
  RawClient old(port());
  old.send("GET /stream HTTP/1.0\r\n\r\n");
  const auto reply = old.read();
  EXPECT_EQ(reply.header("Transfer-Encoding"), "");
  EXPECT_EQ(reply.body.size(), 20u * 65536);
}

TEST_F(ServerTest, HidesTheCauseOfAnException) {
  start();
  const auto reply = get(port(), "/throw");
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.body.find("secret"), std::string::npos);
  EXPECT_EQ(get(port(), "/hello").status, 200);
}

TEST_F(ServerTest, KeepsHeaderValuesOnTheirLine) {
  start();
  EXPECT_EQ(get(port(), "/inject").header("Set-Cookie"), "");
}

TEST_F(ServerTest, StreamsWholeBodiesInChunks) {
  start();
  const auto reply = get(port(), "/stream");
  EXPECT_TRUE(reply.whole);
  EXPECT_EQ(reply.body.size(), 20u * 65536);
}

TEST_F(ServerTest, CutsTheConnectionWhenAStreamFails) {
  start();
  const auto reply = get(port(), "/cut");
  EXPECT_EQ(reply.status, 200);
  EXPECT_FALSE(reply.whole);
  EXPECT_EQ(get(port(), "/stillborn").status, 500);
}

TEST_F(ServerTest, HoldsAStreamBackForASlowClientAndDropsItWhenTheClientLeaves) {
  start();
  {
    RawClient client(port(), 4096);
    client.send("GET /endless HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(get(port(), "/hello").status, 200);
    while (made_ == 0) std::this_thread::yield();
  }
  EXPECT_EQ(dropped_.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_LT(made_, 1000) << "the socket's buffers hold a few MiB; the rest must wait";
}

TEST_F(ServerTest, AnswersSlowRequestsWithATimeout) {
  ServerOptions options;
  options.request = 1s;
  start(options);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(refused("GET /hello HTTP/1.1\r\nHos").status, 408);
  EXPECT_EQ(refused("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc").status, 408);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 2s);
}

TEST_F(ServerTest, ClosesIdleConnections) {
  ServerOptions options;
  options.idle = 1s;
  start(options);
  RawClient client(port());
  client.send("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(client.read().status, 200);
  EXPECT_TRUE(client.ended());
}

TEST_F(ServerTest, ServesAHundredClientsAtOnce) {
  start();
  std::vector<std::thread> clients;
  std::atomic<int> good = 0;
  for (int i = 0; i < 100; ++i)
    clients.emplace_back([&, i] {
      RawClient client(port());
      for (int j = 0; j < 10; ++j) {
        const std::string mark = std::to_string(i * 100 + j);
        client.send("GET /query?q=" + mark + " HTTP/1.1\r\nHost: t\r\n\r\n");
        good += client.read().body == mark;
      }
    });
  for (auto& client : clients) client.join();
  EXPECT_EQ(good, 1000);
  EXPECT_EQ(server_->figures().requests, 1000u);
}

TEST_F(ServerTest, LetsNewcomersInWhenIdleOnesFillIt) {
  ServerOptions options;
  options.max_connections = 4;
  start(options);
  std::vector<RawClient> idle;
  for (int i = 0; i < 10; ++i) {
    idle.emplace_back(port());
    idle.back().send("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(idle.back().read().status, 200) << i;
  }
  EXPECT_LE(server_->figures().open, 5u);
}

TEST_F(ServerTest, FinishesRequestsInFlightAtTheStop) {
  start();
  RawClient idle(port());
  RawClient busy(port());
  busy.send("GET /gate HTTP/1.1\r\nHost: t\r\n\r\n");
  entered_.wait();
  auto stopping = std::async(std::launch::async, [&] { server_->stop(); });
  EXPECT_TRUE(idle.ended());
  gate_.set_value();
  EXPECT_EQ(busy.read().body, "through");
  EXPECT_TRUE(busy.ended());
  EXPECT_EQ(stopping.wait_for(10s), std::future_status::ready);
}

TEST_F(ServerTest, CutsStreamsThatOutlastTheDrain) {
  ServerOptions options;
  options.drain = 1s;
  start(options);
  RawClient client(port(), 4096);
  client.send("GET /endless HTTP/1.1\r\nHost: t\r\n\r\n");
  while (made_ == 0) std::this_thread::yield();
  server_->stop();
  EXPECT_EQ(dropped_.get_future().wait_for(0s), std::future_status::ready);
  EXPECT_FALSE(client.read().whole);
}

TEST_F(ServerTest, SaysThatTheAddressIsTaken) {
  start();
  ServerOptions options;
  options.listen = "127.0.0.1:" + std::to_string(port());
  const auto second = Server::start(options, *router_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::io);
  options.listen = "nonsense";
  EXPECT_EQ(Server::start(options, *router_).error().code, ErrorCode::invalid_input);
}

constexpr std::string_view later = "GET /later HTTP/1.1\r\nHost: t\r\n\r\n";

TEST_F(ServerTest, AnAnswerThatIsNotThereYetHoldsNoWorkerAndComesWhenWoken) {
  start({.workers = 1});
  std::vector<RawClient> waiting;
  for (int i = 0; i < 20; ++i) waiting.emplace_back(port()).send(later);
  for (int i = 0; i < 20; ++i) deferred_.acquire();
  EXPECT_EQ(get(port(), "/hello").body, "hello");
  server_->wake();  // for something else: they are asked, and wait on
  for (int i = 0; i < 20; ++i) deferred_.acquire();
  ready_ = true;
  server_->wake();
  for (RawClient& client : waiting) {
    EXPECT_EQ(client.read().body, "come");
    client.send("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(client.read().body, "hello");
  }
}

TEST_F(ServerTest, AnAnswerThatIsNotThereYetComesAtItsTimeAtTheLatest) {
  patience_ = 20ms;
  start();
  EXPECT_EQ(get(port(), "/later").body, "nothing came");
  EXPECT_EQ(get(port(), "/never").status, 500);
}

TEST_F(ServerTest, AStopAnswersTheRequestsThatWait) {
  start();
  RawClient client(port());
  client.send(later);
  deferred_.acquire();
  server_->stop();
  const auto reply = client.read();
  EXPECT_EQ(reply.body, "come");
  EXPECT_EQ(reply.header("Connection"), "close");
}

TEST_F(ServerTest, AClientThatHangsUpIsNotWaitedFor) {
  start();
  {
    RawClient client(port());
    client.send(later);
    deferred_.acquire();
  }
  while (server_->figures().open > 0) std::this_thread::yield();
}

TEST_F(ServerTest, WhatIsSentWhileARequestWaitsIsAnsweredAfterIt) {
  start();
  RawClient client(port());
  client.send(later);
  deferred_.acquire();
  client.send("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  ready_ = true;
  server_->wake();
  EXPECT_EQ(client.read().body, "come");
  EXPECT_EQ(client.read().body, "hello");
}

}  // namespace
}  // namespace moisson::http
