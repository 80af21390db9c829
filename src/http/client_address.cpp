#include "http/client_address.h"

#include "core/text.h"

#include <boost/asio/ip/address.hpp>

#include <vector>

namespace moisson::http {
namespace {

// As peers are written: without a port, brackets or zone, and an IPv4 address mapped into IPv6 (RFC 4291 §2.5.5.2) as
// itself. Empty: no address.
std::string plain(std::string_view written) {
  written = trim(written);
  if (written.starts_with('[')) written = written.substr(1, written.find(']') - 1);
  if (written.find(':') == written.rfind(':')) written = written.substr(0, written.find(':'));
  boost::system::error_code error;
  auto address = boost::asio::ip::make_address(std::string(written), error);
  if (error) return {};
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    address = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
  return address.to_string();
}

}  // namespace

std::string client_address(std::string_view peer, const Headers& headers, const TrustsProxy& trusts) {
  std::string client(peer);
  if (!trusts) return client;
  std::vector<std::string_view> chain;  // several fields make one list (RFC 9110 §5.3)
  for (const auto& [name, value] : headers.all())
    if (iequals_ascii(name, "X-Forwarded-For"))
      for (std::string_view part : split(value, ',')) chain.push_back(part);
  for (auto hop = chain.rbegin(); hop != chain.rend() && trusts(client); ++hop) {
    std::string before = plain(*hop);
    if (before.empty()) break;
    client = std::move(before);
  }
  return client;
}

}  // namespace moisson::http
