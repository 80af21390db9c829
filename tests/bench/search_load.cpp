// Clients on kept-alive connections ask a running program the committed queries.
// usage: search_load http://HOST:PORT QUERIES.tsv MODE
//   first     each query once, by one client: nothing is remembered yet
//   again     each query five times, by one client, and what each class took
//   suggest   what is typed of each query's text, letter by letter, to /api/v1/suggest
//   all       the same as `again`, of the first pages without text alone
//   flood     eight clients at once, each query twice: how many requests a second

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

constexpr int rounds = 5;
constexpr std::size_t clients = 8;
constexpr std::string_view shown = "facets=theme,publisher,format,licence,keyword,source,territory,language";

class Connection {
 public:
  Connection(const std::string& host, int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
  }
  ~Connection() { ::close(socket_); }

  // Status of the answer; its body is read and dropped.
  int get(const std::string& target) {
    const auto request =
        "GET " + target + " HTTP/1.1\r\nHost: bench\r\nAccept: application/json\r\nCache-Control: no-cache\r\n\r\n";
    if (::send(socket_, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size()))
      throw std::runtime_error("send");
    buffer_.clear();
    std::size_t head = std::string::npos;
    while ((head = buffer_.find("\r\n\r\n")) == std::string::npos) receive();
    const auto length_at = buffer_.find("Content-Length: ");
    if (length_at == std::string::npos || length_at > head)
      throw std::runtime_error("an answer without Content-Length");
    const auto whole = head + 4 + std::strtoul(buffer_.c_str() + length_at + 16, nullptr, 10);
    while (buffer_.size() < whole) receive();
    return std::atoi(buffer_.c_str() + 9);
  }

 private:
  void receive() {
    char piece[65536];
    const auto n = ::recv(socket_, piece, sizeof piece, 0);
    if (n <= 0) throw std::runtime_error("the server hung up");
    buffer_.append(piece, static_cast<std::size_t>(n));
  }
  int socket_;
  std::string buffer_;
};

struct Query {
  std::string name;        // of its class
  std::string parameters;  // of /api/v1/datasets
};

struct Server {
  std::string host;
  int port = 0;
};

using Times = std::map<std::string, std::vector<double>>;  // by class, ms

double at_share(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

void print(const std::string& name, const std::vector<double>& ms) {
  std::printf("%-14s %6zu requests  median %6.2f ms  p99 %6.2f ms  max %6.2f ms\n", name.c_str(), ms.size(),
              at_share(ms, 0.5), at_share(ms, 0.99), at_share(ms, 1.0));
}

void print(const Times& times) {
  std::vector<double> all;
  for (const auto& [name, ms] : times) {
    print(name, ms);
    all.insert(all.end(), ms.begin(), ms.end());
  }
  print("all", all);
  std::printf("requests=%zu\n", all.size());
}

void ask(Connection& connection, const std::string& name, const std::string& target, Times& times) {
  const auto begun = std::chrono::steady_clock::now();
  const int status = connection.get(target);
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
  if (status != 200) throw std::runtime_error(std::to_string(status) + " for " + target);
  times[name].push_back(ms);
}

std::string target_of(const Query& query, int page_size = 10) {
  return "/api/v1/datasets?" + query.parameters + (query.parameters.empty() ? "" : "&") +
         "page_size=" + std::to_string(page_size) + '&' + std::string(shown);
}

std::vector<Query> read(const char* file) {
  std::vector<Query> queries;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (const auto tab = line.find('\t'); tab != std::string::npos && line[0] != '#')
      queries.push_back({line.substr(0, tab), line.substr(tab + 1)});
  return queries;
}

// `step`: how many results more a page has each time, so that no answer can be one that was kept.
void repeated(const Server& server, const std::vector<Query>& queries, int times_each, int step = 0) {
  Connection connection(server.host, server.port);
  Times times;
  for (int round = 0; round < times_each; ++round)
    for (const auto& query : queries) ask(connection, query.name, target_of(query, 10 + round * step), times);
  print(times);
}

// The beginnings of what a query says, of two characters and more; escapes are kept whole.
void suggest(const Server& server, const std::vector<Query>& queries) {
  Connection connection(server.host, server.port);
  Times times;
  for (const auto& query : queries) {
    if (!query.parameters.starts_with("q=")) continue;
    const auto text = query.parameters.substr(2, query.parameters.find('&') - 2);
    for (std::size_t end = 2; end <= std::min<std::size_t>(text.size(), 40); ++end) {
      if (text[end - 1] == '%' || (end >= 2 && text[end - 2] == '%')) continue;
      ask(connection, "suggestions", "/api/v1/suggest?q=" + text.substr(0, end), times);
    }
  }
  print(times);
}

void flood(const Server& server, const std::vector<Query>& queries) {
  const auto begun = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (std::size_t client = 0; client < clients; ++client)
    threads.emplace_back([&, client] {
      Connection connection(server.host, server.port);
      Times times;
      for (std::size_t i = client; i < 2 * queries.size(); i += clients)
        ask(connection, "flood", target_of(queries[i % queries.size()]), times);
    });
  for (auto& thread : threads) thread.join();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  std::printf("%zu clients: %.0f requests/s\nrequests=%zu\n", clients,
              static_cast<double>(2 * queries.size()) / seconds, 2 * queries.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 64;
  const std::string url = argv[1];
  const std::string_view mode = argv[3];
  const auto colon = url.rfind(':');
  const Server server{url.substr(7, colon - 7), std::atoi(url.c_str() + colon + 1)};
  auto queries = read(argv[2]);
  try {
    if (mode == "first") {
      repeated(server, queries, 1);
    } else if (mode == "varied") {
      repeated(server, queries, rounds, 1);
    } else if (mode == "again") {
      repeated(server, queries, rounds);
    } else if (mode == "all") {
      std::erase_if(queries, [](const Query& query) {
        return query.name != "match_all" || query.parameters.find("page") != std::string::npos;
      });
      repeated(server, queries, rounds);
    } else if (mode == "suggest") {
      suggest(server, queries);
    } else if (mode == "flood") {
      flood(server, queries);
    } else {
      return 64;
    }
  } catch (const std::runtime_error& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
