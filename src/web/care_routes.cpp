#include "web/care.h"

#include <functional>
#include <string>

namespace moisson::web {
namespace {

using Make = std::function<http::Response(const Page&)>;

// The patterns of the steps outlive the routes.
const std::string& pattern_of(SourceStep step) {
  static const std::vector<std::string> patterns = [] {
    std::vector<std::string> made;
    for (const SourceStep each : source_steps) made.push_back("/sources/{id}/" + std::string(to_string(each)));
    return made;
  }();
  return patterns[static_cast<std::size_t>(step)];
}

// One of the control's decisions; the job's page tells what came of it.
template <auto decision>
Result<void> asked(harvest::HarvestControl& control, std::int64_t job) {
  const auto done = (control.*decision)(job);
  if (!done) return done.error();
  return {};
}

}  // namespace

std::vector<http::Route> care_routes(const Context& context, const Renderer& renderer) {
  using enum http::Role;
  using Kind = http::Subject::Kind;
  const http::Subject nothing, source{Kind::source}, job{Kind::job}, record{Kind::record};
  std::vector<http::Route> table;
  const auto add = [&](std::string_view method, std::string_view pattern, http::Role access,
                       const http::Subject& subject, Make make) {
    http::Route route{.method = method, .pattern = pattern, .media_type = "text/html"};
    route.handler = [context, &renderer, make = std::move(make)](const http::Request& request) {
      return make(Page(context, renderer, request));
    };
    route.access = access;
    route.subject = subject;
    table.push_back(std::move(route));
  };
  add("GET", "/sources/new", operator_, nothing, new_source_page);
  add("POST", "/sources/new", operator_, nothing, register_source);
  add("GET", "/sources/{id}/settings", operator_, source, settings_page);
  add("POST", "/sources/{id}/settings", operator_, source, change_settings);
  for (const SourceStep step : source_steps)
    add("POST", pattern_of(step), role_for(step), source, [step](const Page& page) { return take_step(page, step); });
  add("GET", "/plans/{id}", operator_, nothing, plan_page);
  add("POST", "/plans/{id}/apply", operator_, nothing, apply_plan);
  const auto decision = [&](std::string_view pattern, JobDecision decide) {
    add("POST", pattern, operator_, job, [decide](const Page& page) { return decide_job(page, decide); });
  };
  decision("/jobs/{id}/stop", asked<&harvest::HarvestControl::stop>);
  decision("/jobs/{id}/approve", asked<&harvest::HarvestControl::approve>);
  decision("/jobs/{id}/reject", asked<&harvest::HarvestControl::reject>);
  decision("/jobs/{id}/undo", asked<&harvest::HarvestControl::undo>);
  add("GET", "/jobs/{id}/records/{n}", reader, job, report_row_page);
  add("GET", "/records/{id}", reader, record, record_page);
  const auto change = [&](std::string_view pattern, http::Role access, RecordChange made) {
    add("POST", pattern, access, record, [made](const Page& page) { return change_record(page, made); });
  };
  using Control = harvest::HarvestControl;
  using Id = std::string;
  change("/records/{id}/refresh", operator_,
         [](Control& control, const Id& id, const Id&) { return control.begin_refresh(id); });
  change("/records/{id}/withdraw", operator_,
         [](Control& control, const Id& id, const Id&) { return control.withdraw(id); });
  change("/records/{id}/release", administrator,
         [](Control& control, const Id& id, const Id&) { return control.release(id); });
  change("/records/{id}/separate", operator_,
         [](Control& control, const Id& id, const Id& other) { return control.keep_apart(id, other, true); });
  change("/records/{id}/join", operator_,
         [](Control& control, const Id& id, const Id& other) { return control.keep_apart(id, other, false); });
  return table;
}

}  // namespace moisson::web
