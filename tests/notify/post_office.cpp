#include "tests/notify/post_office.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace moisson::test {
namespace {

class Line {
 public:
  explicit Line(int client) : client_(client) {}
  // The next line without its end; false: the client has gone.
  bool read(std::string& line) {
    line.clear();
    for (char c; ::recv(client_, &c, 1, 0) == 1;) {
      if (c == '\n') return true;
      if (c != '\r') line += c;
    }
    return false;
  }
  void say(std::string reply) {
    reply += "\r\n";
    ::send(client_, reply.data(), reply.size(), MSG_NOSIGNAL);
  }

 private:
  int client_;
};

std::string address_in(const std::string& line) {
  const auto open = line.find('<');
  return line.substr(open + 1, line.find('>') - open - 1);
}

}  // namespace

PostOffice::PostOffice() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no post office");
  port_ = ntohs(address.sin_port);
  thread_ = std::jthread([this] {
    for (int client; (client = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      serve(client);
      ::close(client);
    }
  });
}

PostOffice::~PostOffice() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void PostOffice::answer_recipients_with(std::string reply) {
  const std::lock_guard lock(mutex_);
  refusal_ = std::move(reply);
}

std::vector<Letter> PostOffice::letters() const {
  const std::lock_guard lock(mutex_);
  return letters_;
}

void PostOffice::serve(int client) {
  Line line(client);
  Letter letter;
  line.say("220 post office");
  for (std::string said; line.read(said);) {
    if (said.starts_with("MAIL FROM:")) letter.from = address_in(said);
    if (said.starts_with("RCPT TO:")) {
      letter.to = address_in(said);
      const std::lock_guard lock(mutex_);
      if (!refusal_.empty()) {
        line.say(refusal_);
        continue;
      }
    }
    if (said == "DATA") {
      line.say("354 go on");
      while (line.read(said) && said != ".") letter.text += (said.starts_with("..") ? said.substr(1) : said) + "\n";
      const std::lock_guard lock(mutex_);
      letters_.push_back(std::exchange(letter, {}));
    }
    line.say(said == "QUIT" ? "221 bye" : "250 ok");
    if (said == "QUIT") return;
  }
}

}  // namespace moisson::test
