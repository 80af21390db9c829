// CkanApi: the three read actions of CKAN's Action API v3 that a harvest needs (reference: docs.ckan.org/en/2.11/api). Pages come as
// their exact bytes, cut into records that nobody has parsed yet. Belongs to one harvest; one call at a time.
#pragma once

#include "core/json.h"

#include <moisson/core/result.h>
#include <moisson/net/fetcher.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::harvesters {

// The most of one page; a larger one is asked for in halves.
inline constexpr std::uint64_t ckan_page_bytes = std::uint64_t{32} << 20;

struct CkanPage {
  std::string url;
  std::unique_ptr<const std::string> body;
  std::vector<json::Element> elements;  // views into *body
  std::uint64_t count = 0;              // of the whole search, as the portal says
};

struct CkanSearch {
  std::string filter;  // fq, Lucene; may be empty
  std::string fields;  // fl; empty: whole packages
  std::uint64_t start = 0;
  std::uint64_t rows = 0;
};

class CkanApi {
 public:
  // CKAN before 1.8 takes its parameters by POST alone, and knows no version in the address.
  enum class Asking : std::uint8_t { by_get, by_post };

  // `base`: the portal's address without a slash at its end. `sort`: of searches; may be empty.
  CkanApi(net::Fetcher& fetcher, std::string base, std::string sort, std::string key, Asking asking = Asking::by_get);

  // Errors: what the fetcher says; refused for HTML where JSON belongs; invalid_input, with the portal's own words, for
  // success:false, and for an envelope that is no answer of this API.
  Result<CkanPage> search(const CkanSearch& search, int attempts = 4) const;
  Result<CkanPage> names() const;  // package_list: elements are JSON strings
  Result<std::pair<std::string, std::string>> show(std::string_view id) const;  // one package as JSON, and its URL

  const std::string& base() const { return base_; }
  const std::string& sort() const { return sort_; }

 private:
  using Parameters = std::vector<std::pair<std::string, std::string>>;
  net::FetchRequest request(std::string_view action, const Parameters& parameters) const;
  Result<CkanPage> page(net::FetchRequest request, std::string_view pointer, std::uint64_t max_bytes,
                        int attempts) const;

  net::Fetcher& fetcher_;
  std::string base_;
  std::string sort_;
  std::string key_;
  Asking asking_;
};

}  // namespace moisson::harvesters
