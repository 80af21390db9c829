// One client on one kept-alive connection asks the committed queries, several rounds, and prints what each class took.
// usage: search_load http://HOST:PORT QUERIES.tsv

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
#include <vector>

namespace {

constexpr int rounds = 5;

class Connection {
 public:
  Connection(const std::string& host, int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("cannot connect");
  }
  ~Connection() { ::close(socket_); }

  // Status of the answer; its body is read and dropped.
  int get(const std::string& target) {
    const auto request = "GET " + target + " HTTP/1.1\r\nHost: bench\r\nAccept: application/json\r\nCache-Control: no-cache\r\n\r\n";
    if (::send(socket_, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size())) throw std::runtime_error("send");
    buffer_.clear();
    std::size_t head = std::string::npos;
    while ((head = buffer_.find("\r\n\r\n")) == std::string::npos) receive();
    const auto length_at = buffer_.find("Content-Length: ");
    if (length_at == std::string::npos || length_at > head) throw std::runtime_error("an answer without Content-Length");
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

double at_share(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

void print(const std::string& name, const std::vector<double>& ms) {
  std::printf("%-14s %5zu requests  median %6.2f ms  p99 %6.2f ms  max %6.2f ms\n", name.c_str(), ms.size(), at_share(ms, 0.5), at_share(ms, 0.99),
              at_share(ms, 1.0));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  const std::string url = argv[1];
  const auto colon = url.rfind(':');
  Connection connection(url.substr(7, colon - 7), std::atoi(url.c_str() + colon + 1));
  std::vector<std::pair<std::string, std::string>> queries;
  std::ifstream in(argv[2]);
  for (std::string line; std::getline(in, line);)
    if (const auto tab = line.find('\t'); tab != std::string::npos && line[0] != '#') queries.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  std::map<std::string, std::vector<double>> classes;
  std::vector<double> all;
  for (int round = 0; round < rounds; ++round)
    for (const auto& [name, parameters] : queries) {
      const auto begun = std::chrono::steady_clock::now();
      const int status = connection.get("/api/v1/datasets?" + parameters);
      const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
      if (status != 200) {
        std::fprintf(stderr, "%d for %s\n", status, parameters.c_str());
        return 1;
      }
      classes[name].push_back(ms);
      all.push_back(ms);
    }
  for (const auto& [name, ms] : classes) print(name, ms);
  print("all", all);
  std::printf("requests=%zu\n", all.size());
}
