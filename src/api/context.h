// Context: what the API answers from. References outlive the routes; copying is cheap. Thread-safe as its parts are.
#pragma once

#include "http/server.h"
#include "index/snapshot.h"
#include "links/links.h"
#include "store/store.h"

#include <moisson/core/time.h>
#include <moisson/harvest/control.h>

#include <cstdint>
#include <functional>
#include <string>

namespace moisson::api {

struct Context {
  const store::Store& store;
  const index::SnapshotSlot& slot;
  links::Links links;
  harvest::HarvestControl& control;
  const Clock& clock;
  std::string title;                                  // of the catalog
  std::string language;                               // of readers who name none: BCP 47
  std::string build;                                  // part of every ETag
  std::function<std::uint64_t()> lag;                 // changes that the index is behind the store
  std::function<http::ServerFigures()> figures = {};  // for /metrics; left out of it if empty
};

}  // namespace moisson::api
