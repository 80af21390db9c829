#include "harvesters/ckan_api.h"

#include "core/cause.h"
#include "core/media_type.h"
#include "core/text.h"
#include "core/url.h"

namespace moisson::harvesters {
namespace {

constexpr std::uint64_t list_bytes = std::uint64_t{128} << 20;  // 616,000 names were seen

Error wrong(std::string_view cause, std::string message, const std::string& url, std::string hint = {}) {
  return {ErrorCode::invalid_input, std::move(message), url, std::move(hint), std::string(cause)};
}

// error: {"message": …}, {"__type": …, "field": ["…"]} or a bare string.
std::string words_of(json::View error) {
  std::string words = error["message"].text();
  if (words.empty()) words = error.is(json::Kind::object) || error.is(json::Kind::array) ? error.dump() : error.text();
  return shorten(clean_utf8(cut(words, 2'000)), 300);
}

// What an answer without the wanted array is instead.
Error not_an_answer(const std::string& body, const std::string& url, std::string_view pointer) {
  const auto parsed = json::Document::parse(body);
  if (!parsed) return at(url, filed("syntax_error", parsed.error()));
  const json::View root = parsed->root();
  if (root.is(json::Kind::string)) return wrong("portal_error", "the portal says: " + shorten(root.text(), 300), url);
  if (root["success"].boolean() == false) {
    const auto words = words_of(root["error"]);
    return wrong("portal_error",
                 words.empty() ? "the portal says success: false, and not why" : "the portal says: " + words, url);
  }
  if (!root["result"].exists())
    return wrong("not_a_catalog", "not an answer of CKAN's Action API", url, "is this the address of a CKAN portal?");
  if (root["result"].is(json::Kind::null)) return wrong("portal_error", "the portal answers result: null", url);
  return wrong("not_a_catalog",
               "the answer holds " + std::string(json::to_string(root["result"].kind())) +
                   " as its result and no list at " + std::string(pointer),
               url, "DKAN portals answer so: harvest their /data.json as kind data-json");
}

bool looks_like_html(const net::FetchAnswer& answer, std::string_view body) {
  return trim(body.substr(0, 512)).starts_with('<') || parse_media_type(answer.content_type).type == "text/html";
}

// What stands around the elements of a page is the answer without its records: small, and read as a whole.
Result<json::Document> envelope(const CkanPage& page) {
  const std::string& body = *page.body;
  if (page.elements.empty()) return json::Document::parse(body);
  const auto& last = page.elements.back();
  return json::Document::parse(body.substr(0, page.elements.front().offset) +
                               body.substr(last.offset + last.bytes.size()));
}

}  // namespace

CkanApi::CkanApi(net::Fetcher& fetcher, std::string base, std::string sort, std::string key, Asking asking)
    : fetcher_(fetcher), base_(std::move(base)), sort_(std::move(sort)), key_(std::move(key)), asking_(asking) {}

net::FetchRequest CkanApi::request(std::string_view action, const Parameters& parameters) const {
  net::FetchRequest made;
  made.accept = "application/json";
  if (!key_.empty()) made.headers = {{"Authorization", key_}, {"X-CKAN-API-Key", key_}};
  if (asking_ == Asking::by_post) {
    made.url = base_ + "/api/action/" + std::string(action);
    json::Writer body;
    body.begin_object();
    for (const auto& [name, value] : parameters) body.field(name, value);
    body.end_object();
    made.post = net::Post{"application/json", body.take()};
    return made;
  }
  made.url = base_ + "/api/3/action/" + std::string(action);
  char sign = '?';
  for (const auto& [name, value] : parameters) {
    made.url.append(1, std::exchange(sign, '&')).append(name).append("=").append(percent_encode(value));
  }
  return made;
}

Result<CkanPage> CkanApi::page(net::FetchRequest request, std::string_view pointer, std::uint64_t max_bytes,
                               int attempts) const {
  request.max_bytes = max_bytes;
  request.attempts = attempts;
  auto fetched = fetcher_.fetch_all(request);
  if (!fetched) return fetched.error();
  if (looks_like_html(fetched->first, fetched->second)) {
    return Error{ErrorCode::refused, "an HTML page where the API's JSON belongs (a login or challenge page?)",
                 request.url, "open the address in a browser; the API may have moved or want a key", "html_instead"};
  }
  CkanPage made;
  made.url = std::move(request.url);
  made.body = std::make_unique<const std::string>(std::move(fetched->second));
  auto found = json::elements(*made.body, pointer);
  if (!found) return not_an_answer(*made.body, made.url, pointer);
  if (found->broken) return at(made.url, filed("syntax_error", *found->broken));
  made.elements = std::move(found->elements);
  const auto around = envelope(made);
  if (!around) return at(made.url, filed("syntax_error", around.error()));
  if (around->root()["success"].boolean() == false) return not_an_answer(*made.body, made.url, pointer);
  const auto count = around->root()["result"]["count"].integer().value_or(0);
  made.count = count > 0 ? static_cast<std::uint64_t>(count) : 0;
  return made;
}

Result<CkanPage> CkanApi::search(const CkanSearch& search, int attempts) const {
  Parameters parameters{{"start", std::to_string(search.start)}, {"rows", std::to_string(search.rows)}};
  if (!sort_.empty()) parameters.emplace_back("sort", sort_);
  if (!search.filter.empty()) parameters.emplace_back("fq", search.filter);
  if (!search.fields.empty()) parameters.emplace_back("fl", search.fields);
  return page(request("package_search", parameters), "/result/results", ckan_page_bytes, attempts);
}

Result<CkanPage> CkanApi::names() const { return page(request("package_list", {}), "/result", list_bytes, 4); }

Result<std::pair<std::string, std::string>> CkanApi::show(std::string_view id) const {
  net::FetchRequest asked = request("package_show", {{"id", std::string(id)}});
  asked.max_bytes = ckan_page_bytes;
  auto fetched = fetcher_.fetch_all(asked);
  if (!fetched) return fetched.error();
  const auto parsed = json::Document::parse(fetched->second);
  json::View result = parsed ? parsed->root()["result"] : json::View();
  if (result.is(json::Kind::array) && result.size() == 1) result = result[std::size_t{0}];  // as DKAN answers
  if (!result.is(json::Kind::object)) return not_an_answer(fetched->second, asked.url, "/result");
  return std::pair{result.dump(), asked.url};
}

}  // namespace moisson::harvesters
