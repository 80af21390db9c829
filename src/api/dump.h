// Dump: the whole catalog as one file, from one commit of the store. Asked for again while nothing was committed, a
// dump is the same bytes under the same tag, so that a reader can go on where it was cut. Thread-safe but for its
// streams, which are each read by one thread at a time and hold what they need; the store outlives them.
#pragma once

#include "api/context.h"
#include "api/csv.h"
#include "store/reading.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::api {

// "datasets.csv", "distributions.csv", "sources.csv", "records.jsonl", "catalog.ttl", "catalog.nt", "catalog.rdf",
// "catalog.jsonld". Constant data.
const std::vector<std::string>& dump_names();

struct DumpKind;

class Dump {
 public:
  // Takes the store's last commit. not_found: no dump has that name.
  static Result<Dump> open(const Context& context, std::string_view name, const CsvForm& form);

  std::string_view media_type() const;
  const std::string& etag() const { return etag_; }  // strong

  // The bytes from the beginning, in pieces of some records each; memory for one piece. Each call begins anew.
  std::unique_ptr<http::BodyStream> stream() const;

  struct Sheet;  // what the rows are made from

 private:
  Dump() = default;
  const DumpKind* kind_ = nullptr;
  std::shared_ptr<Sheet> sheet_;
  std::string etag_;
};

}  // namespace moisson::api
