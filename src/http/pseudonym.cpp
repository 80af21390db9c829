#include "http/pseudonym.h"

#include "core/hash.h"

#include <moisson/core/uuid.h>

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <string>

namespace moisson::http {

std::string network_of(std::string_view address) {
  boost::system::error_code error;
  const auto read = boost::asio::ip::make_address(std::string(address), error);
  if (error || read.is_v4()) return std::string(address);
  auto bytes = read.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  return boost::asio::ip::make_address_v6(bytes).to_string() + "/64";
}

Pseudonyms::Pseudonyms() : secret_(random_uuid() + random_uuid()) {}

std::uint64_t Pseudonyms::of(std::string_view address) const {
  return std::stoull(sha256_hex(secret_ + network_of(address)).substr(0, 16), nullptr, 16);
}

}  // namespace moisson::http
