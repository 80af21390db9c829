// Instance: the one process that owns a data directory, wired: lock, store, projection, scheduler, snapshots. Thread-safe once open.
#pragma once

#include "app/configuration.h"
#include "index/snapshot.h"
#include "links/links.h"
#include "projection/projection.h"
#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/harvest/control.h>

#include <memory>
#include <string>

namespace moisson::app {

// Whether due sources are started by themselves (serve), or only what tasks ask for.
enum class Scheduling { due_sources, only_tasks };

class Instance {
 public:
  // Takes the lock, opens the store, starts projection and scheduler. conflict: another process owns the data directory.
  // The clock outlives the instance.
  static Result<std::unique_ptr<Instance>> open(Configuration configuration, const Clock& clock, Scheduling scheduling);

  // Stop order: jobs at their next record, index commit, store, lock.
  ~Instance();

  const Configuration& configuration() const;
  const Clock& clock() const;
  store::Store& store();
  harvest::HarvestControl& control();
  projection::Projection& projection();
  const index::SnapshotSlot& slot() const;
  const links::Links& links() const;

 private:
  Instance();
  struct Body;
  std::unique_ptr<Body> body_;
};

// The kinds, schedules and time zones that a configuration may name.
ConfigurationRules configuration_rules();

}  // namespace moisson::app
