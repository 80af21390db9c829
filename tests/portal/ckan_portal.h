// CkanPortal: a CKAN of a test's own: packages in memory behind package_search, package_list and package_show, with the quirks that
// portals have been met with (reference: CKAN's Action API v3). Thread-safe.
#pragma once

#include "portal/portal.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace moisson::test {

struct CkanQuirks {
  std::string base;               // the API's place below the portal's address: "", "/data", "/catalog"
  std::uint64_t rows_cap = 1000;  // silently, as CKAN does
  std::uint64_t fails_above = 0;  // 504 for more rows than this; 0: never
  bool posts_only = false;        // as CKAN before 1.8: parameters in a JSON body, no version in the address
  bool ignores_fq = false;
  bool ignores_start = false;
  bool refuses_sort = false;        // 409 for any sort
  bool repeats_a_record = false;    // the last record of a page stands on the next one too
  std::set<std::string> unindexed;  // ids that package_list knows and package_search does not
  std::string whole_answer;         // instead of every answer of package_search
};

class CkanPortal {
 public:
  CkanPortal();

  Portal& portal() { return portal_; }
  std::string url() const { return portal_.url(); }

  void put(std::string id, std::string package);  // any bytes: they stand in the pages as they are
  void remove(const std::string& id);
  void set(CkanQuirks quirks);

 private:
  struct Package {
    std::string json;
    std::string modified;  // as far as it can be read
    std::string organization;
  };
  http::Response handle(const http::Request& request);
  http::Response posted(const http::Request& request, const std::string& action) const;
  http::Response search(const http::Request& request) const;
  http::Response list() const;
  http::Response show(const http::Request& request) const;

  mutable std::mutex mutex_;
  std::map<std::string, Package> packages_;
  CkanQuirks quirks_;
  Portal portal_;
};

// A small package: an id, a title, a description, one resource; `members` are more of its members: "\"private\": true".
std::string ckan_package(std::string_view id, std::string_view title,
                         std::string_view modified = "2024-05-01T12:00:00.000000", std::string_view members = {});

// "p0001"
std::string numbered(std::uint64_t number);

}  // namespace moisson::test
