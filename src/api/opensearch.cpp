#include "api/handlers.h"
#include "api/parameter.h"
#include "core/text.h"
#include "core/xml.h"

#include <fmt/core.h>

#include <array>
#include <utility>

namespace moisson::api {
namespace {

constexpr std::size_t max_text_bytes = 200;        // nobody completes a longer beginning
constexpr std::size_t short_name_characters = 16;  // OpenSearch 1.1 §4.2.1
constexpr std::uint32_t suggestions_shown = 10;

}  // namespace

Result<http::Response> opensearch(const Context& context, const http::Request&) {
  using xml::escape;
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n";
  text += "<ShortName>" + escape(shorten(context.title, short_name_characters - 1)) + "</ShortName>\n";
  text += "<LongName>" + escape(shorten(context.title, 47)) + "</LongName>\n";
  text += "<Description>" + escape(shorten(context.title, 200)) +
          ": the data sets of several open-data portals</Description>\n";
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kinds{
      {{"html", "text/html"},
       {"atom", "application/atom+xml"},
       {"json", "application/json"},
       {"suggestions", "application/x-suggestions+json"}}};
  for (const auto& [format, type] : kinds)
    text += fmt::format("<Url type=\"{}\"{} template=\"{}\"/>\n", type,
                        format == "suggestions" ? " rel=\"suggestions\"" : "",
                        escape(context.links.search_template(format)));
  text += fmt::format("<Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{}\"/>\n",
                      escape(context.links.page("/opensearch.xml")));
  text += fmt::format("<Image width=\"16\" height=\"16\" type=\"image/svg+xml\">{}</Image>\n",
                      escape(context.links.asset("moisson.svg")));
  text += "<Language>" + escape(context.language) + "</Language>\n";
  text += "<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n";
  http::Response response;
  response.headers.set("Content-Type", "application/opensearchdescription+xml; charset=utf-8");
  response.body = std::move(text);
  return response;
}

// [what was typed, completions, a word on each, the address of each]: OpenSearch Suggestions 1.1.
Result<http::Response> opensearch_suggestions(const Context& context, const http::Request& request) {
  const std::string_view typed = cut(http::first(request.query, "q"), max_text_bytes);
  const auto snapshot = context.slot.current();
  if (!snapshot) return not_ready();
  const auto found = snapshot->suggest(typed, reader_language(context, request), suggestions_shown);
  if (!found) return found.error();
  json::Writer out;
  out.begin_array().string(typed).begin_array();
  for (const auto& suggestion : *found) out.string(suggestion.text);
  out.end_array().begin_array();
  for (const auto& suggestion : *found) out.string(suggestion.kind);
  out.end_array().begin_array();
  for (const auto& suggestion : *found) {
    search::Query query;
    query.text = suggestion.text;
    out.string(suggestion.kind == "dataset" ? context.links.dataset(suggestion.value) : context.links.search(query));
  }
  out.end_array().end_array();
  auto response = json_response(out);
  response.headers.set("Content-Type", "application/x-suggestions+json");
  return response;
}

}  // namespace moisson::api
