// LargeCatalog: one file of any size with the data sets of a whole country, made while it is sent: each has a title and a
// description of its own, a publisher that it shares, keywords of a vocabulary, and three distributions. Thread-safe.
#pragma once

#include <moisson/http/message.h>

#include <atomic>
#include <cstdint>
#include <string_view>

namespace moisson::test {

class LargeCatalog {
 public:
  enum class Form { turtle, rdf_xml, data_json };

  LargeCatalog(Form form, std::uint64_t megabytes) : form_(form), bytes_(megabytes * 1'000'000) {}

  http::Response serve();

  // Of what was made so far, by all requests.
  std::uint64_t records() const { return records_; }
  std::uint64_t distinct_term_bytes() const { return distinct_; }  // IRIs and texts that no other data set has

 private:
  class Body;

  Form form_;
  std::uint64_t bytes_;
  std::atomic<std::uint64_t> records_ = 0, distinct_ = 0;
};

}  // namespace moisson::test
