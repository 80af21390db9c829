// CKAN's Action API, read side: transport and envelope. An action is a row of a table: its name, what it does, its
// help. /api/3/action/NAME and /api/action/NAME are the same; GET and POST are the same. Thread-safe.
#pragma once

#include "api/ckan_error.h"
#include "api/ckan_parameters.h"
#include "api/context.h"

#include <moisson/http/message.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace moisson::api::ckan {

// One call, with the state of the index that answers it.
struct Call {
  const Context& context;
  const Parameters& parameters;
  std::shared_ptr<const index::Snapshot> snapshot;
  http::Act& act;  // what the call turned out to be
};

// The JSON of `result`, whole or in pieces. A stream keeps what it needs of the call: it outlives it.
using ResultBody = std::variant<std::string, std::unique_ptr<http::BodyStream>>;

struct Action {
  std::string_view name;
  Outcome<ResultBody> (*run)(const Call&);
  std::string_view help;  // its first line is the summary in our documentation
  std::vector<http::RouteParameter> parameters;
};

// In the order of their names.
std::span<const Action> actions();
const Action* action_named(std::string_view name);  // nullptr: none

// GET and POST of every address of the API; handlers keep a copy of `context`.
std::vector<http::Route> routes(const Context& context);

}  // namespace moisson::api::ckan
