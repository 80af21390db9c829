#include "untrusted_server.h"

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

namespace moisson::test {
namespace {

constexpr long valid_for = 24L * 60 * 60;  // seconds

struct Free {
  void operator()(SSL_CTX* p) const { SSL_CTX_free(p); }
  void operator()(SSL* p) const { SSL_free(p); }
  void operator()(X509* p) const { X509_free(p); }
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

void name(X509_NAME* out, const char* common) {
  const auto* const text = reinterpret_cast<const unsigned char*>(common);
  X509_NAME_add_entry_by_txt(out, "CN", MBSTRING_ASC, text, -1, -1, 0);
}

// For 127.0.0.1, signed by the key of an issuer whose own certificate nobody sends.
Owned<X509> certificate(EVP_PKEY* key, EVP_PKEY* issuer) {
  Owned<X509> made(X509_new());
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -valid_for);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), valid_for);
  name(X509_get_subject_name(made.get()), "127.0.0.1");
  name(X509_get_issuer_name(made.get()), "Intermediate CA of the test");
  X509_set_pubkey(made.get(), key);
  X509_sign(made.get(), issuer, EVP_sha256());
  return made;
}

}  // namespace

struct UntrustedServer::Body {
  Owned<SSL_CTX> context{SSL_CTX_new(TLS_server_method())};
  int listener = -1;
  int port = 0;
  std::thread thread;

  void serve() const {
    for (int client = ::accept(listener, nullptr, nullptr); client >= 0;
         client = ::accept(listener, nullptr, nullptr)) {
      const Owned<SSL> session(SSL_new(context.get()));
      SSL_set_fd(session.get(), client);
      SSL_accept(session.get());  // ends with the client's alert: unknown CA
      ::close(client);
    }
  }
};

UntrustedServer::UntrustedServer() : body_(std::make_unique<Body>()) {
  const Owned<EVP_PKEY> key(EVP_EC_gen("P-256")), issuer(EVP_EC_gen("P-256"));
  const auto made = certificate(key.get(), issuer.get());
  SSL_CTX_use_certificate(body_->context.get(), made.get());
  SSL_CTX_use_PrivateKey(body_->context.get(), key.get());
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  body_->listener = ::socket(AF_INET, SOCK_STREAM, 0);
  if (::bind(body_->listener, generic, size) != 0 || ::listen(body_->listener, 8) != 0 ||
      ::getsockname(body_->listener, generic, &size) != 0)
    throw std::runtime_error("no port for the TLS server");
  body_->port = ntohs(address.sin_port);
  body_->thread = std::thread([this] { body_->serve(); });
}

UntrustedServer::~UntrustedServer() {
  ::shutdown(body_->listener, SHUT_RDWR);  // wakes accept()
  body_->thread.join();
  ::close(body_->listener);
}

std::string UntrustedServer::url() const { return "https://127.0.0.1:" + std::to_string(body_->port); }

}  // namespace moisson::test
