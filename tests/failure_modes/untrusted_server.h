// UntrustedServer: a TLS server whose certificate was signed by an intermediate that it does not send, as servers are
// that were given cert.pem instead of fullchain.pem. It never gets to answer a client that checks. One thread of its
// own.
#pragma once

#include <memory>
#include <string>

namespace moisson::test {

class UntrustedServer {
 public:
  UntrustedServer();  // on 127.0.0.1, any free port
  ~UntrustedServer();

  std::string url() const;  // "https://127.0.0.1:PORT"

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson::test
