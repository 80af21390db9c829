#include "api/csv.h"
#include "api/handlers.h"
#include "api/parameter.h"

#include <array>
#include <memory>

namespace moisson::api {
namespace {

// The columns are a promise: new ones go to the end.
constexpr std::size_t columns = 19;
const std::array<std::string, columns> header{"id",        "type",         "title",     "description", "publisher_id",
                                              "publisher", "source",       "remote_id", "themes",      "keywords",
                                              "formats",   "licence",      "open",      "language",    "issued",
                                              "modified",  "last_changed", "url",       "landing_page"};

std::string text(const std::optional<Moment>& moment) { return moment ? format_moment(*moment) : std::string(); }

std::array<std::string, columns> cells(const search::Hit& hit, const links::Links& links) {
  std::vector<std::string> publisher_ids, publishers, themes;
  for (const auto& publisher : hit.publisher) {
    publisher_ids.push_back(publisher.value);
    publishers.push_back(publisher.label);
  }
  for (const auto& theme : hit.themes) themes.push_back(theme.value);
  return {hit.id,
          std::string(dcat::to_string(hit.type)),
          hit.title.value,
          hit.description.value,
          joined_cell(publisher_ids),
          joined_cell(publishers),
          hit.source.value,
          hit.remote_id,
          joined_cell(themes),
          joined_cell(hit.keywords),
          joined_cell(hit.formats),
          hit.licence ? hit.licence->value : std::string(),
          hit.open,
          hit.language,
          text(hit.issued),
          text(hit.modified),
          format_rfc3339(hit.last_changed),
          links.dataset(hit.id),
          hit.landing_page};
}

// Reads the search by cursor, one page of results a piece, holding its snapshot: the file is one state of the catalog.
class Rows final : public http::BodyStream {
 public:
  Rows(std::shared_ptr<const index::Snapshot> snapshot, search::Query query, links::Links links, Cells mode)
      : snapshot_(std::move(snapshot)), query_(std::move(query)), links_(std::move(links)), mode_(mode) {}

  Result<bool> next(std::string& piece) override {
    piece.clear();
    if (ended_) return false;
    if (!begun_) append_row(piece, header, mode_);
    begun_ = true;
    const auto results = snapshot_->search(query_);
    if (!results) return results.error();
    for (const search::Hit& hit : results->hits) append_row(piece, cells(hit, links_), mode_);
    query_.cursor = results->next_cursor;
    ended_ = !results->next_cursor;
    return true;
  }

 private:
  std::shared_ptr<const index::Snapshot> snapshot_;
  search::Query query_;
  links::Links links_;
  Cells mode_;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace

Result<http::Response> datasets_csv(const Context& context, const http::Request& request) {
  auto query = links::parse_query(request.query, reader_language(context, request));
  if (!query) return query.error();
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
  response.body = std::make_unique<Rows>(std::move(snapshot), std::move(*query), context.links,
                                         flag(request, "defuse") ? Cells::defused : Cells::plain);
  return response;
}

}  // namespace moisson::api
