#include "links/links.h"

#include "core/text.h"
#include "core/url.h"

#include <string>

namespace moisson::links {
namespace {

std::string with_query(std::string address, const search::Query& query) {
  const std::string parameters = query_string(query);
  if (!parameters.empty()) (address += '?') += parameters;
  return address;
}

}  // namespace

Links::Links(std::string base_url) : base_(std::move(base_url)) {
  while (base_.ends_with('/')) base_.pop_back();
}

std::string Links::home() const { return base_ + "/"; }

std::string Links::search(const search::Query& query) const { return with_query(base_ + "/datasets", query); }

std::string Links::search_as(const search::Query& query, std::string_view format) const {
  if (format == "json") return with_query(base_ + "/api/v1/datasets", query);
  const std::string_view name = format == "csv" || format == "atom" ? "/datasets." : "/catalog.";
  return with_query(base_ + std::string(name) + std::string(format), query);
}

std::string Links::search_template(std::string_view format) const {
  if (format == "suggestions") return base_ + "/opensearch/suggest?q={searchTerms}";
  constexpr std::string_view paged = "?q={searchTerms}&page={startPage?}";
  if (format == "html") return base_ + "/datasets" + std::string(paged);
  const std::string address = search_as({}, format) + std::string(paged);
  return address + "&page_size={count?}&lang={language?}";
}

std::string Links::dataset(std::string_view id) const { return base_ + "/datasets/" + percent_encode(id); }

std::string Links::dataset_as(std::string_view id, std::string_view format) const {
  return dataset(id) + "." + std::string(format);
}

std::string Links::dataset_raw(std::string_view id) const {
  return base_ + "/api/v1/datasets/" + percent_encode(id) + "/raw";
}

std::string Links::file(std::string_view id, std::string_view key) const {
  return dataset(id) + "/files/" + percent_encode(key);
}

std::string Links::publisher(std::string_view key) const { return base_ + "/publishers/" + percent_encode(key); }

std::string Links::theme(std::string_view key) const { return base_ + "/themes/" + percent_encode(key); }

std::string Links::sources() const { return base_ + "/sources"; }

std::string Links::source(std::string_view id) const { return base_ + "/sources/" + percent_encode(id); }

std::string Links::job(std::int64_t id) const { return base_ + "/api/v1/jobs/" + std::to_string(id); }

std::string Links::asset(std::string_view name) const { return base_ + "/assets/" + percent_encode(name); }

std::string Links::page(std::string_view path) const { return base_ + std::string(path); }

std::string Links::in_language(std::string_view path_and_query, std::string_view language) const {
  const auto mark = path_and_query.find('?');
  std::string address = base_ + std::string(path_and_query.substr(0, mark)) + "?";
  if (mark != std::string_view::npos)
    for (std::string_view part : split(path_and_query.substr(mark + 1), '&'))
      if (!part.empty() && part.substr(0, part.find('=')) != "lang") (address += part) += '&';
  return address + "lang=" + percent_encode(language);
}

}  // namespace moisson::links
