#include "app/instance.h"

#include "app/data_lock.h"
#include "app/fetchers.h"
#include "harvest/hours.h"
#include "harvest/schedule.h"
#include "harvest/scheduler.h"

#include <utility>

namespace moisson::app {

// Members stand in the order of their making; they go the other way round, as a stop wants it: jobs, index, store, lock.
struct Instance::Body {
  Body(Configuration wanted, const Clock& hand, DataLock held)
      : configuration(std::move(wanted)), clock(hand), lock(std::move(held)), links(configuration.catalog.base_url) {}

  Configuration configuration;
  const Clock& clock;
  DataLock lock;
  links::Links links;
  net::HostGate gate;
  std::unique_ptr<store::Store> store;
  index::SnapshotSlot slot;
  std::unique_ptr<projection::Projection> projection;
  std::unique_ptr<harvest::Scheduler> scheduler;
};

Instance::Instance() = default;
Instance::~Instance() = default;

Result<std::unique_ptr<Instance>> Instance::open(Configuration configuration, const Clock& clock,
                                                 Scheduling scheduling) {
  auto lock = DataLock::take(configuration.catalog.data_dir);
  if (!lock) return lock.error();
  std::unique_ptr<Instance> instance(new Instance);
  instance->body_ = std::make_unique<Body>(std::move(configuration), clock, std::move(*lock));
  auto& body = *instance->body_;
  const auto& data_dir = body.configuration.catalog.data_dir;

  auto store = store::Store::open({.path = data_dir / "store.sqlite",
                                   .report_retention = std::chrono::hours(24) * body.configuration.harvest.report_days},
                                  clock);
  if (!store) return store.error();
  body.store = std::move(*store);

  auto projection = projection::Projection::start({.directory = data_dir / "index"}, *body.store, body.slot);
  if (!projection) return projection.error();
  body.projection = std::move(*projection);

  const auto& wanted = body.configuration.harvest;
  body.scheduler = std::make_unique<harvest::Scheduler>(
      *body.store,
      harvest::SchedulerOptions{
          .parallel_sources = wanted.parallel_sources,
          .deletion = {.max_removed_share = wanted.max_removed_share, .min_removed_held = wanted.min_removed_held},
          .language = body.configuration.catalog.language,
          .grace = wanted.grace,
          .catalog_url = body.configuration.catalog.base_url},
      clock, fetchers(wanted, body.gate), harvest::find_harvester);
  if (const auto reconciled = body.scheduler->reconcile(body.configuration.sources); !reconciled)
    return reconciled.error();
  if (scheduling == Scheduling::due_sources) body.scheduler->run();
  return instance;
}

const Configuration& Instance::configuration() const { return body_->configuration; }
const Clock& Instance::clock() const { return body_->clock; }
store::Store& Instance::store() { return *body_->store; }
harvest::HarvestControl& Instance::control() { return *body_->scheduler; }
projection::Projection& Instance::projection() { return *body_->projection; }
const index::SnapshotSlot& Instance::slot() const { return body_->slot; }
const links::Links& Instance::links() const { return body_->links; }

ConfigurationRules configuration_rules() {
  auto rules = rules_for(harvest::all_harvesters());
  rules.check_schedule = [](std::string_view schedule) { return harvest::check_schedule(schedule, "UTC"); };
  rules.check_timezone = [](std::string_view timezone) { return harvest::check_schedule("daily", timezone); };
  rules.check_hours = [](std::string_view hours) {
    const auto read = harvest::Hours::parse(hours);
    return read ? Result<void>() : Result<void>(read.error());
  };
  return rules;
}

}  // namespace moisson::app
