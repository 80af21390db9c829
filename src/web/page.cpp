#include "web/page.h"

#include "auth/desk.h"
#include "core/hash.h"
#include "core/media_type.h"
#include "core/text.h"
#include "http/problem.h"
#include "web/calendar.h"
#include "web/pages.h"
#include "web/typography.h"

#include <fmt/format.h>

#include <vector>

namespace moisson::web {
namespace {

// Nothing inline but the sheet of that hash, nothing from elsewhere, no framing. The JSON-LD block is data: it is never
// executed, so script-src does not concern it (CSP 3 §6.1.11 asks only about scripts that run). Swagger UI has a sheet
// of its own, with its icons inside.
std::string content_security_policy(const Style& style, Guest guest) {
  const bool swagger = guest == Guest::swagger_ui;
  return "default-src 'none'; style-src " + style.source() + (swagger ? " 'self'" : "") + "; img-src 'self'" +
         (swagger ? " data:" : "") +
         "; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

const Words& choose_words(const Context& context, const WordTable& table, const http::Request& request) {
  std::vector<std::string_view> offers{table.in(context.language).language()};
  for (const Words& words : table.languages())
    if (words.language() != offers.front()) offers.push_back(words.language());
  const std::string_view asked = http::first(request.query, "lang");
  for (std::string_view offer : offers)
    if (offer == asked) return table.in(offer);
  return table.in(negotiate_language(request.headers.get("Accept-Language"), offers));
}

std::string_view origin_of(std::string_view base) {
  const std::size_t host = base.find("://");
  return host == base.npos ? std::string_view() : base.substr(0, base.find('/', host + 3));
}

// Links::in_language takes what comes after the base.
std::string_view below_base(const links::Links& links, std::string_view url) {
  if (url.starts_with(links.base())) url.remove_prefix(links.base().size());
  return url;
}

}  // namespace

Page::Page(const Context& context, const Renderer& renderer, const http::Request& request)
    : context_(context),
      renderer_(renderer),
      request_(request),
      words_(choose_words(context, renderer.table(), request)),
      now_(context.clock.now()),
      language_asked_(http::first(request.query, "lang") == words_.language()) {}

std::string Page::plain(std::string_view url) const {
  if (const std::string_view origin = origin_of(context_.links.base()); url.starts_with(origin))
    url.remove_prefix(origin.size());
  return url.empty() ? std::string("/") : std::string(url);
}

std::string Page::local(std::string_view url) const {
  if (!language_asked_) return plain(url);
  return plain(context_.links.in_language(below_base(context_.links, url), words_.language()));
}

std::string Page::here_in(std::string_view language) const {
  const std::string& target = request_.target.empty() ? request_.path : request_.target;
  return plain(context_.links.in_language(target, language));
}

std::string Page::etag(std::initializer_list<std::string_view> parts) const {
  std::string all = fmt::format("{}\n{}\n{}\n{}\n{}", words_.language(), context_.build, context_.style->source(),
                                day_number(now_), language_asked_);
  for (std::string_view part : parts) (all += '\n') += part;
  return fmt::format("\"{:016x}\"", hash64(all));
}

void Page::frame(Model& model, const Head& head) const {
  const links::Links& links = context_.links;
  model.set("TITLE", head.title).set("SITE", context_.title).set("CURRENT", head.section_is_page ? "page" : "true");
  model.maybe("SUMMARY", head.summary).maybe("CANONICAL", head.canonical).show_if(head.canonical.empty(), "NO_INDEX");
  model.html("STYLE_HTML", {context_.style->sheet()})
      .set("ICON_URL", plain(links.asset("moisson.svg")))
      .set("SCRIPT_URL", plain(links.asset("moisson.js")))
      .set("OPENSEARCH_URL", plain(links.page("/opensearch.xml")))
      .set("SUGGEST_URL", plain(links.page("/api/v1/suggest")))
      .set("HOME_URL", local(links.home()))
      .set("CATALOGUE_URL", to_search({}))
      .set("CATALOGUE_PATH", local(links.page("/datasets")))
      .set("SOURCES_URL", local(links.sources()))
      .set("STATS_URL", local(links.page("/stats")))
      .set("DOCS_URL", local(links.page("/docs")))
      .set("HELP_URL", local(links.page("/help")))
      .set("ABOUT_URL", local(links.page("/about")))
      .set("CONFORMITY", words_.fill("foot.accessibility", {{"state", lower_first(words_(conformity_key()))}}))
      .set("ACCESSIBILITY_URL", local(links.page("/accessibility")))
      .set("EXPORT_URL", plain(links.search_as({}, "csv")));
  // Pages that are the same for everyone know nobody; so caches may keep them.
  if (request_.identity.is_known()) model.add("KNOWN").set("NAME", request_.identity.name);
  if (context_.desk != nullptr && context_.desk->is_open()) model.show("DESK");
  model.set("ACCOUNT_URL", local(links.page("/account"))).set("FORM_KEY", request_.identity.form_key);
  model.show_if(head.section == Section::catalogue, "AT_CATALOGUE")
      .show_if(head.section == Section::sources, "AT_SOURCES")
      .show_if(head.section == Section::stats, "AT_STATS")
      .show_if(head.section == Section::api, "AT_API")
      .show_if(head.section == Section::help, "AT_HELP");
  if (language_asked_) model.add("HIDDEN").set("NAME", "lang").set("VALUE", language());
  for (const Words& other : renderer_.table().languages()) {
    const std::string_view code = other.language();
    if (!head.canonical.empty())
      model.add("LANGUAGES")
          .set("CODE", std::string(code))
          .set("CANONICAL_URL", links.in_language(below_base(links, head.canonical), code));
    if (code == words_.language()) continue;
    Model& item = model.add("OTHERS");
    item.set("CODE", std::string(code)).set("NAME", std::string(other("meta.name")));
    item.set("URL", here_in(code));
  }
}

http::Response Page::render(std::string_view name, Model& model, const Head& head, std::string_view etag,
                            int status) const {
  frame(model, head);
  auto html = renderer_.render(name, words_, model);
  if (!html) return http::problem(html.error());
  http::Response response;
  response.status = status;
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Content-Language", language());
  response.headers.set("Content-Security-Policy", content_security_policy(*context_.style, head.guest));
  response.headers.set("Referrer-Policy", "same-origin");
  response.headers.set("Vary", "Accept-Language");
  if (!etag.empty()) response.headers.set("ETag", std::string(etag));
  response.body = std::move(*html);
  return response;
}

http::Response Page::failed(int status, const Error* error) const {
  const std::string key = fmt::format("error.{}", status);
  const std::string known = words_.has(key + ".heading") ? key : std::string("error.other");
  const std::string heading(words_(known + ".heading"));
  Model model;
  model.set("STATUS_LINE", words_.fill("error.status", {{"status", std::to_string(status)}}))
      .set("HEADING", heading)
      .set("ADVICE", std::string(words_(known + ".advice")))
      .set("ADDRESS", std::string(cut(request_.target.empty() ? request_.path : request_.target, 300)))
      .set("TIME", when(words_, now_, now_));
  if (status == 400 && error != nullptr)
    model.maybe("PARAMETER", std::string(words_.or_else("parameter." + error->where, error->where)))
        .maybe("EXPECTED", std::string(words_.or_else("expected." + error->where, {})))
        .maybe("DETAIL", error->message);
  if (status == 409 && error != nullptr) model.maybe("DETAIL", error->message);
  if (status == 400) model.set("Q", std::string(cut(http::first(request_.query, "q"), 1000)));
  return render("error.html", model, {.title = heading}, {}, status);
}

http::Response Page::failed(const Error& error) const { return failed(http::status_of(error.code), &error); }

std::string foreign_language(const Page& page, std::string_view language) {
  return language.empty() || language == page.words().language() ? std::string() : std::string(language);
}

}  // namespace moisson::web
