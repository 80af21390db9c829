#include "api/ckan_action.h"

#include "api/ckan_actions.h"
#include "core/json.h"

#include <algorithm>
#include <utility>

namespace moisson::api::ckan {
namespace {

constexpr std::string_view json_type = "application/json;charset=utf-8";
constexpr std::string_view script_type = "application/javascript;charset=utf-8";

std::string json_text(std::string_view text) {
  json::Writer out;
  out.string(text);
  return out.take();
}

// The body of an answer around its result: before, result, behind.
class Enveloped final : public http::BodyStream {
 public:
  Enveloped(std::string before, std::unique_ptr<http::BodyStream> result, std::string behind)
      : before_(std::move(before)), result_(std::move(result)), behind_(std::move(behind)) {}

  Result<bool> next(std::string& piece) override {
    if (!result_) return false;
    auto more = result_->next(piece);
    if (!more) return more;
    if (!*more) piece.clear();
    piece.insert(0, std::exchange(before_, {}));
    if (*more) return true;
    piece += behind_;
    result_.reset();
    return true;
  }

 private:
  std::string before_;
  std::unique_ptr<http::BodyStream> result_;
  std::string behind_;
};

http::Response response(int status, std::string_view type, std::string body) {
  http::Response made;
  made.status = status;
  made.headers.set("Content-Type", std::string(type));
  made.body = std::move(body);
  return made;
}

http::Response refusal(const Failure& failure, const std::string& help) {
  if (failure.type.empty()) return response(failure.status, json_type, json_text(failure.message));
  json::Writer out;
  out.begin_object().field("help", help).key("success").boolean(false).key("error").begin_object();
  out.field("__type", failure.type);
  if (failure.field.empty())
    out.field("message", failure.message);
  else
    out.key(failure.field).begin_array().string(failure.message).end_array();
  out.end_object().end_object();
  return response(failure.status, json_type, out.take());
}

// A JavaScript name or path, so that a callback is called and nothing else is run.
bool is_callback(std::string_view name) {
  return !name.empty() && name.size() <= 100 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           c == '.';
  });
}

http::Response answer(const Context& context, const http::Request& request, std::string_view name) {
  const auto help = context.links.page("/api/3/action/help_show?name=" + std::string(name));
  const auto* action = action_named(name);
  if (!action) return refusal(bad_request("Action name not known: " + std::string(name)), help);
  const auto parameters = Parameters::read(request);
  if (!parameters) return refusal(parameters.error(), help);
  http::Act act;
  const Call call{context, *parameters, context.slot.current(), act};
  if (!call.snapshot) return refusal({503, "Search Index Error", "the index is not built yet", ""}, help);
  auto result = action->run(call);
  if (!result) return refusal(result.error(), help);

  const auto callback = http::first(request.query, "callback");
  const bool script = request.method == "GET" && is_callback(callback);
  auto before = (script ? std::string(callback) + "(" : std::string()) + "{\"help\":" + json_text(help) +
                ",\"success\":true,\"result\":";
  std::string behind = script ? "});" : "}";
  const auto type = script ? script_type : json_type;
  auto made = response(200, type, {});
  made.act = std::move(act);
  if (auto* text = std::get_if<std::string>(&*result))
    made.body = before + *text + behind;
  else
    made.body = std::make_unique<Enveloped>(
        std::move(before), std::move(std::get<std::unique_ptr<http::BodyStream>>(*result)), std::move(behind));
  return made;
}

http::Route version_route(std::string_view pattern, int version) {
  http::Route route{"GET", pattern, {}, "The version of CKAN's API", ""};
  route.handler = [version](const http::Request&) {
    return response(200, json_type, "{\"version\":" + std::to_string(version) + "}");
  };
  return route;
}

}  // namespace

std::span<const Action> actions() {
  static const std::vector<Action> table = all_actions();
  return table;
}

const Action* action_named(std::string_view name) {
  const auto all = actions();
  const auto found =
      std::lower_bound(all.begin(), all.end(), name, [](const Action& a, std::string_view b) { return a.name < b; });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

std::vector<http::Route> routes(const Context& context) {
  // Patterns are views for as long as the program runs.
  static const std::vector<std::string> patterns = [] {
    std::vector<std::string> made;
    for (const auto& action : actions()) made.push_back("/api/3/action/" + std::string(action.name));
    return made;
  }();
  std::vector<http::Route> made;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const auto& action = actions()[i];
    http::Route route{"GET", patterns[i], {}, action.help.substr(0, action.help.find('\n')), "CKAN"};
    route.parameters = action.parameters;
    route.handler = [context, name = action.name](const http::Request& request) {
      return answer(context, request, name);
    };
    made.push_back(std::move(route));
  }
  const auto named = [context](const http::Request& request) {
    return answer(context, request, http::first(request.captures, "name"));
  };
  const http::RouteParameter name{"name", "path", "an action: POST takes its parameters as JSON or as a form"};
  made.push_back({"POST", "/api/3/action/{name}", named, "Any action by POST", "CKAN", "application/json", {name}});
  made.push_back({"GET", "/api/3/action/{name}", named, "", ""});
  made.push_back({"GET", "/api/action/{name}", named, "", ""});
  made.push_back({"POST", "/api/action/{name}", named, "", ""});
  for (auto& route : made) route.access = http::Role::everyone;  // by POST, too, they only read
  for (const auto pattern : {"/api", "/api/"}) made.push_back(version_route(pattern, 1));
  for (const auto pattern : {"/api/3", "/api/3/"}) made.push_back(version_route(pattern, 3));
  return made;
}

}  // namespace moisson::api::ckan
