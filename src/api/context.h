// Context: what the API answers from. References outlive the routes; copying is cheap. Thread-safe as its parts are.
#pragma once

#include "http/server.h"
#include "index/snapshot.h"
#include "links/links.h"
#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/harvest/control.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

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
  // Names the holder of a key beside its figures, or no more: all that a reader may write. Empty: nobody may.
  std::function<Result<void>(std::string_view key, std::string_view name)> name_client = {};
};

}  // namespace moisson::api
