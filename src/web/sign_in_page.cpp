#include "auth/desk.h"
#include "auth/return_path.h"
#include "core/url.h"
#include "http/problem.h"
#include "web/account_page.h"

namespace moisson::web {
namespace {

constexpr std::string_view start_path = "/sign-in/start";

http::Response see(std::string location, const std::vector<std::string>& cookies) {
  http::Response response;
  response.status = 303;
  response.headers.set("Location", std::move(location));
  response.headers.set("Cache-Control", "no-store");
  for (const std::string& cookie : cookies) response.headers.add("Set-Cookie", cookie);
  return response;
}

// The reason in the reader's language, by the place that the error names; its message is for the log.
http::Response sign_in(const Page& page, const Error* error) {
  const Words& words = page.words();
  const auth::Desk& desk = *page.context().desk;
  Model model;
  if (error != nullptr) {
    const std::string key = error->code == ErrorCode::too_large                                  ? "sign_in.too_often"
                            : error->code == ErrorCode::invalid_input && error->where == "state" ? "sign_in.stale"
                            : error->code == ErrorCode::refused                                  ? "sign_in.refused"
                                                                : "sign_in.unreachable";
    model.maybe("TROUBLE", std::string(words(key)));
    if (error->where == "email") model.maybe("TROUBLE_HINT", std::string(words("sign_in.no_account")));
  }
  const std::string next = auth::return_path(http::first(page.request().query, "next"));
  if (desk.is_open())
    model.add("OPEN")
        .set("START_URL",
             page.local(page.context().links.page(std::string(start_path) + "?next=" + percent_encode(next))))
        .set("ISSUER", desk.issuer());
  else
    model.show("CLOSED");
  const int status = error == nullptr ? 200 : error->code == ErrorCode::too_large ? 429 : http::status_of(error->code);
  auto response = page.render("sign_in.html", model, {.title = std::string(words("sign_in.title"))}, {}, status);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

http::Response taken(const Page& page, const Result<auth::Step>& step) {
  if (!step) {
    const Error error = step.error();
    return sign_in(page, &error);
  }
  return see(step->location, step->cookies);
}

}  // namespace

http::Response sign_in_page(const Page& page) { return sign_in(page, nullptr); }
http::Response sign_in_start(const Page& page) { return taken(page, page.context().desk->begin(page.request())); }
http::Response sign_in_callback(const Page& page) { return taken(page, page.context().desk->finish(page.request())); }

// The session is over here at once. The provider's own is ended by a visit, which a form may not lead to (its
// form-action is this site alone), so the page does: at once by Refresh, or by its link.
http::Response sign_out(const Page& page) {
  const auto step = page.context().desk->sign_out(page.request());
  if (!step) return page.failed(step.error());
  if (step->location.empty()) return see(page.local(page.context().links.page("/signed-out")), step->cookies);
  const Words& words = page.words();
  Model model;
  model.set("HEADING", std::string(words("signed_out.title"))).set("LEAD", std::string(words("signed_out.lead")));
  model.add("PROVIDER").set("PROVIDER_URL", step->location);
  auto response = page.render("signed_out.html", model, {.title = std::string(words("signed_out.title"))});
  response.headers.set("Refresh", "0; url=" + step->location);
  // The address holds the ID token as a hint: it goes to the provider, and to no other site as a referrer.
  response.headers.set("Referrer-Policy", "no-referrer");
  for (const std::string& cookie : step->cookies) response.headers.add("Set-Cookie", cookie);
  return response;
}

http::Response signed_out_page(const Page& page) {
  const Words& words = page.words();
  Model model;
  model.set("HEADING", std::string(words("signed_out.title"))).set("LEAD", std::string(words("signed_out.lead")));
  return page.render("signed_out.html", model, {.title = std::string(words("signed_out.title"))});
}

}  // namespace moisson::web
