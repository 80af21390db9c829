#include "api/csv.h"
#include "api/dataset_row.h"
#include "api/handlers.h"
#include "api/parameter.h"

#include <memory>

namespace moisson::api {
namespace {

// Reads the search by cursor, one page of results a piece, holding its snapshot: the file is one state of the catalog. Every copy of
// what several portals have is a row: who takes a list away may count by portal.
class Rows final : public http::BodyStream {
 public:
  Rows(std::shared_ptr<const index::Snapshot> snapshot, search::Query query, links::Links links, const CsvForm& form)
      : snapshot_(std::move(snapshot)), query_(std::move(query)), links_(std::move(links)), form_(form) {
    query_.every_copy = true;
  }

  Result<bool> next(std::string& piece) override {
    piece.clear();
    if (ended_) return false;
    if (!begun_) {
      piece += csv_beginning(form_);
      append_row(piece, dataset_columns(), form_);
    }
    begun_ = true;
    const auto results = snapshot_->search(query_);
    if (!results) return results.error();
    for (const search::Hit& hit : results->hits) append_row(piece, dataset_cells(hit, links_), form_);
    query_.cursor = results->next_cursor;
    ended_ = !results->next_cursor;
    return true;
  }

 private:
  std::shared_ptr<const index::Snapshot> snapshot_;
  search::Query query_;
  links::Links links_;
  CsvForm form_;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace

Result<http::Response> datasets_csv(const Context& context, const http::Request& request) {
  auto query = links::parse_query(request.query, reader_language(context, request));
  if (!query) return query.error();
  const auto form = csv_form(request);
  if (!form) return form.error();
  auto snapshot = context.slot.current();
  if (!snapshot) return not_ready();
  query->cursor = 0;
  query->page = 1;
  query->sort = search::Sort::relevance;
  query->page_size = 100;
  query->facets.clear();
  query->explain = false;
  http::Response response;
  response.headers.set("Content-Type", "text/csv; charset=utf-8; header=present");
  response.headers.set("Content-Disposition", "attachment; filename=\"datasets.csv\"");
  response.body = std::make_unique<Rows>(std::move(snapshot), std::move(*query), context.links, *form);
  return response;
}

}  // namespace moisson::api
