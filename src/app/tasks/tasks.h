// The tasks, one file each. Each takes its arguments from `task` (app/task.h) and answers by events.
#pragma once

#include "app/instance.h"
#include "app/task.h"

namespace moisson::app::tasks {

Result<void> harvest(Instance& instance, json::View task, const Emit& emit);
Result<void> preview(Instance& instance, json::View task, const Emit& emit);
Result<void> job(Instance& instance, json::View task, const Emit& emit);
Result<void> search(Instance& instance, json::View task, const Emit& emit);
Result<void> source(Instance& instance, json::View task, const Emit& emit);
Result<void> record(Instance& instance, json::View task, const Emit& emit);
Result<void> reindex(Instance& instance, json::View task, const Emit& emit);
Result<void> remap(Instance& instance, json::View task, const Emit& emit);
Result<void> dump(Instance& instance, json::View task, const Emit& emit);
Result<void> user(Instance& instance, json::View task, const Emit& emit);
Result<void> token(Instance& instance, json::View task, const Emit& emit);

// The event {"event":"job","job":{…},"waiting":[…],"records":[…],"records_left":N} of an ended job: what waits for a decision, and its
// failed and skipped rows.
std::string job_event(Instance& instance, const moisson::harvest::HarvestJob& job, std::size_t rows);

// Waits until everything in the store is searchable; told as a warning if the index does not follow.
void wait_until_searchable(Instance& instance, const Emit& emit);

// {"event":"result","result":{"message":…}}
std::string message_event(std::string_view message);

// The strings of an array argument.
std::vector<std::string> strings(json::View array);

}  // namespace moisson::app::tasks
