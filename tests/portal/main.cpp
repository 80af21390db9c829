// moisson_test_portal: the other end of a benchmark: a CKAN that answers ready-made pages, as slowly and as badly as it is told,
// or one large file at /catalog.
//   moisson_test_portal --jsonl FILE [--port N] [--latency-ms N] [--fail-share X] [--max-rows N] [--one-connection] [--ignore-fq]
//   moisson_test_portal --catalog (turtle | rdf-xml | data-json) [--megabytes N] [--port N]
// Prints "listening on http://127.0.0.1:PORT"; at SIGTERM its requests and CPU time, or what the file held, as one JSON line.
#include "http/server.h"
#include "portal/large_catalog.h"
#include "portal/ready_pages.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace moisson::test {
namespace {

struct Settings {
  std::string jsonl;
  std::optional<LargeCatalog::Form> catalog;
  std::uint64_t megabytes = 500;
  std::string port = "0";
  int latency_ms = 0;
  double fail_share = 0;
  std::uint64_t max_rows = 1000;
  bool one_connection = false;  // one request at a time
  bool ignore_fq = false;
};

int usage() {
  std::fputs(
      "usage: moisson_test_portal --jsonl FILE [--port N] [--latency-ms N] [--fail-share X] [--max-rows N] "
      "[--one-connection] [--ignore-fq]\n"
      "       moisson_test_portal --catalog (turtle | rdf-xml | data-json) [--megabytes N] [--port N]\n",
      stderr);
  return 64;
}

bool read(int count, char** words, Settings& settings) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--one-connection") {
      settings.one_connection = true;
      continue;
    }
    if (word == "--ignore-fq") {
      settings.ignore_fq = true;
      continue;
    }
    if (++i == count) return false;
    const std::string value = words[i];
    if (word == "--jsonl")
      settings.jsonl = value;
    else if (word == "--catalog" && value == "turtle")
      settings.catalog = LargeCatalog::Form::turtle;
    else if (word == "--catalog" && value == "rdf-xml")
      settings.catalog = LargeCatalog::Form::rdf_xml;
    else if (word == "--catalog" && value == "data-json")
      settings.catalog = LargeCatalog::Form::data_json;
    else if (word == "--megabytes")
      settings.megabytes = std::strtoull(value.c_str(), nullptr, 10);
    else if (word == "--port")
      settings.port = value;
    else if (word == "--latency-ms")
      settings.latency_ms = std::atoi(value.c_str());
    else if (word == "--fail-share")
      settings.fail_share = std::atof(value.c_str());
    else if (word == "--max-rows")
      settings.max_rows = std::strtoull(value.c_str(), nullptr, 10);
    else
      return false;
  }
  return settings.jsonl.empty() == settings.catalog.has_value() && settings.max_rows > 0;
}

std::uint64_t number_of(const http::Request& request, std::string_view name, std::uint64_t otherwise) {
  const std::string text(http::first(request.query, name));
  return text.empty() ? otherwise : std::strtoull(text.c_str(), nullptr, 10);
}

class Answers {
 public:
  Answers(ReadyPages pages, Settings settings) : pages_(std::move(pages)), settings_(std::move(settings)) {}

  http::Response search(const http::Request& request) {
    std::unique_lock<std::mutex> alone(one_, std::defer_lock);
    if (settings_.one_connection) alone.lock();
    if (settings_.latency_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(settings_.latency_ms));
    const auto number = ++requests_;
    http::Response response;
    response.headers.set("Content-Type", "application/json;charset=utf-8");
    response.headers.set("Content-Encoding", "identity");  // compressing would cost more than all else here
    // Evenly spread, so that each run meets the same faults: 429 and 503 in turn.
    const auto due = static_cast<std::uint64_t>(settings_.fail_share * static_cast<double>(number));
    if (due != static_cast<std::uint64_t>(settings_.fail_share * static_cast<double>(number - 1))) {
      response.status = due % 2 == 0 ? 429 : 503;
      ++failed_;
      return response;
    }
    const auto start = number_of(request, "start", 0);
    const auto rows = std::min(number_of(request, "rows", 10), settings_.max_rows);
    const auto fq = http::first(request.query, "fq");
    if (!settings_.ignore_fq && fq.find("metadata_modified:[") != std::string_view::npos) {
      response.body = pages_.unfit();  // nothing has changed since the file was written
    } else {
      response.body = http::first(request.query, "fl") == "id" ? pages_.ids(start, rows) : pages_.search(start, rows);
    }
    return response;
  }

  std::uint64_t requests() const { return requests_; }
  std::uint64_t failed() const { return failed_; }

 private:
  ReadyPages pages_;
  Settings settings_;
  std::mutex one_;
  std::atomic<std::uint64_t> requests_ = 0, failed_ = 0;
};

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// Answers by `route` until SIGTERM. False: it cannot listen.
bool serve(const Settings& settings, http::Route route) {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);  // inherited by the server's threads

  std::vector<http::Route> routes;
  routes.push_back(std::move(route));
  const http::Router router(std::move(routes));
  http::ServerOptions options;
  options.listen = "127.0.0.1:" + settings.port;
  options.workers = 8;  // they sleep
  auto server = http::Server::start(options, router);
  if (!server) {
    std::fprintf(stderr, "%s\n", to_string(server.error()).c_str());
    return false;
  }
  std::printf("listening on http://127.0.0.1:%u\n", static_cast<unsigned>((*server)->port()));
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  (*server)->stop();
  return true;
}

int serve_pages(const Settings& settings) {
  auto pages = ReadyPages::load(settings.jsonl);
  if (!pages) {
    std::fprintf(stderr, "%s\n", to_string(pages.error()).c_str());
    return 1;
  }
  Answers answers(std::move(*pages), settings);
  const double loaded = cpu_seconds();
  const bool served = serve(settings, {"GET", "/api/3/action/package_search",
                                       [&](const http::Request& request) { return answers.search(request); }, "", ""});
  if (!served) return 1;
  std::printf("{\"requests\":%llu,\"failed\":%llu,\"cpu_s\":%.3f}\n",
              static_cast<unsigned long long>(answers.requests()), static_cast<unsigned long long>(answers.failed()),
              cpu_seconds() - loaded);
  return 0;
}

int serve_catalog(const Settings& settings) {
  LargeCatalog catalog(*settings.catalog, settings.megabytes);
  if (!serve(settings, {"GET", "/catalog", [&](const http::Request&) { return catalog.serve(); }, "", ""})) return 1;
  std::printf("{\"records\":%llu,\"distinct_term_bytes\":%llu,\"cpu_s\":%.3f}\n",
              static_cast<unsigned long long>(catalog.records()),
              static_cast<unsigned long long>(catalog.distinct_term_bytes()), cpu_seconds());
  return 0;
}

}  // namespace
}  // namespace moisson::test

int main(int count, char** words) {
  moisson::test::Settings settings;
  if (!moisson::test::read(count, words, settings)) return moisson::test::usage();
  return settings.catalog ? moisson::test::serve_catalog(settings) : moisson::test::serve_pages(settings);
}
