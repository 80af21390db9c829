#include "api/handlers.h"
#include "api/parameter.h"
#include "core/hash.h"
#include "core/xml.h"
#include "http/conditional.h"
#include "index/as_typed.h"

#include <fmt/core.h>

#include <algorithm>

namespace moisson::api {
namespace {

using xml::escape;

// RFC 4287, with the paging of RFC 5005 §3 and the totals of OpenSearch 1.1.
class Feed {
 public:
  Feed(const Context& context, const search::Query& query, const search::Results& results)
      : context_(context), query_(query), results_(results) {}

  std::string write() {
    const auto newest = std::max_element(results_.hits.begin(), results_.hits.end(),
                                         [](const auto& a, const auto& b) { return a.last_changed < b.last_changed; });
    auto first = query_;
    first.page = 1;
    const std::string title = query_.text.empty() ? context_.title : query_.text + " – " + context_.title;
    out_ = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
        "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" xml:lang=\"{}\">\n",
        escape(query_.language));
    element("id", context_.links.search_as(first, "atom"));
    element("title", title);
    element("updated", format_rfc3339(newest == results_.hits.end() ? Instant{} : newest->last_changed));
    out_ += "<author><name>" + escape(context_.title) + "</name></author>\n<generator>Moisson</generator>\n";
    pages(first);
    element("opensearch:totalResults", std::to_string(results_.total));
    element("opensearch:startIndex", std::to_string(std::uint64_t{query_.page - 1} * query_.page_size + 1));
    element("opensearch:itemsPerPage", std::to_string(query_.page_size));
    out_ += fmt::format("<opensearch:Query role=\"request\" searchTerms=\"{}\" startPage=\"{}\"/>\n",
                        escape(query_.text), query_.page);
    for (const search::Hit& hit : results_.hits) entry(hit);
    out_ += "</feed>\n";
    return std::move(out_);
  }

 private:
  void element(std::string_view name, std::string_view text) {
    out_ += fmt::format("<{0}>{1}</{0}>\n", name, escape(text));
  }
  void link(std::string_view rel, std::string_view type, std::string_view address) {
    out_ += fmt::format("<link rel=\"{}\" type=\"{}\" href=\"{}\"/>\n", rel, type, escape(address));
  }

  void pages(const search::Query& first) {
    constexpr std::string_view atom = "application/atom+xml";
    const std::uint64_t size = query_.page_size;
    std::uint64_t last = std::max<std::uint64_t>(1, (results_.total + size - 1) / size);
    const bool by_relevance = query_.sort == search::Sort::relevance && !query_.text.empty();
    if (by_relevance) last = std::min<std::uint64_t>(last, search::max_relevance_depth / size);
    const auto page = [&](std::string_view rel, std::uint64_t number) {
      auto other = query_;
      other.page = static_cast<std::uint32_t>(number);
      link(rel, atom, context_.links.search_as(other, "atom"));
    };
    link("alternate", "text/html", context_.links.search(query_));
    link("search", "application/opensearchdescription+xml", context_.links.page("/opensearch.xml"));
    page("self", query_.page);
    link("first", atom, context_.links.search_as(first, "atom"));
    if (query_.page > 1) page("previous", std::min<std::uint64_t>(query_.page - 1, last));
    if (query_.page < last) page("next", query_.page + 1);
    page("last", last);
  }

  void entry(const search::Hit& hit) {
    out_ += "<entry>\n";
    element("id", "urn:uuid:" + hit.id);
    element("title", hit.title.value.empty() ? hit.id : hit.title.value);
    element("updated", format_rfc3339(hit.last_changed));
    if (hit.issued) element("published", format_rfc3339(hit.issued->instant));
    for (const auto& publisher : hit.publisher)
      out_ += "<author><name>" + escape(publisher.label) + "</name></author>\n";
    if (hit.publisher.empty()) out_ += "<author><name>" + escape(hit.source.label) + "</name></author>\n";
    link("alternate", "text/html", context_.links.dataset(hit.id));
    link("alternate", "text/turtle", context_.links.dataset_as(hit.id, "ttl"));
    for (const auto& theme : hit.themes)
      out_ += fmt::format("<category term=\"{}\" label=\"{}\"/>\n", escape(theme.value), escape(theme.label));
    for (const auto& keyword : hit.keywords) out_ += fmt::format("<category term=\"{}\"/>\n", escape(keyword));
    element("summary", hit.description.value);
    out_ += "</entry>\n";
  }

  const Context& context_;
  const search::Query& query_;
  const search::Results& results_;
  std::string out_;
};

}  // namespace

Result<http::Response> atom(const Context& context, const http::Request& request) {
  auto query = links::parse_query(request.query, reader_language(context, request));
  if (!query) return query.error();
  query->cursor.reset();
  query->facets.clear();
  query->explain = false;
  if (query->page_size == 0) query->page_size = 1;
  const auto snapshot = context.slot.current();
  if (!snapshot) return not_ready();
  const std::string etag =
      fmt::format("\"{:016x}\"", hash64(fmt::format("atom {} {} {} {} {}", snapshot->epoch(), snapshot->seq(),
                                                    context.build, query->language, links::query_string(*query))));
  if (http::is_fresh(request, etag)) return http::not_modified(etag);
  const auto results = snapshot->search(*query);
  if (!results) return results.error();
  http::Response response;
  response.headers.set("Content-Type", "application/atom+xml; charset=utf-8");
  response.headers.set("ETag", etag);
  response.body = Feed(context, *query, *results).write();
  if (query->page == 1) response.act = http::Act::search(query->text, index::found_as_typed(*results));
  return response;
}

}  // namespace moisson::api
