// DemoCkan: the read actions of CKAN's Action API that a harvester uses, over packages that are part of the program.
// Only what CKAN promises harvesters (package_search, package_list, package_show, status_show). Immutable; thread-safe.
#pragma once

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace moisson::app {

class DemoCkan {
 public:
  // One package (a JSON object with id, name and metadata_modified) a line; `json_lines` outlives the object.
  // invalid_input with the line's number in `where`.
  static Result<DemoCkan> read(std::string_view json_lines, std::string_view site_title);

  // The answer to one action, in CKAN's envelope, errors too: 400 unknown action or field, 404 no such package, 409 a
  // bad value. package_search knows rows (default 10, silently at most 1000), start, sort (id, name, metadata_created,
  // metadata_modified; ties by id) and, in fq, metadata_modified:[A TO B] and organization:("a" OR "b"), also negated.
  http::Response answer(std::string_view action, const http::Parameters& parameters) const;

 private:
  struct Package {
    std::string_view json;
    std::string id, name, organization, created, modified;
  };

  http::Response search(const http::Parameters& parameters) const;
  http::Response list(const http::Parameters& parameters) const;
  http::Response show(const http::Parameters& parameters) const;

  std::vector<Package> packages_;  // by id
  std::string site_title_;
};

}  // namespace moisson::app
