// A part of the real catalogue of data.gouv.fr, indexed: its best-known records and every twentieth other. Empty without the fixtures.
#pragma once

#include "catalog.h"

#include <memory>

namespace moisson::index::test {

class RealCatalog {
 public:
  RealCatalog();
  const Snapshot* snapshot() const { return snapshot_.get(); }  // nullptr: no fixtures

 private:
  Catalog catalog_;
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace moisson::index::test
