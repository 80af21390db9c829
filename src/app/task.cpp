#include "app/task.h"

#include "app/tasks/tasks.h"

#include <string>
#include <utility>

namespace moisson::app {

Result<void> run_task(Instance& instance, json::View task, const Emit& emit) {
  using Run = Result<void> (*)(Instance&, json::View, const Emit&);
  static constexpr std::pair<std::string_view, Run> table[] = {
      {"harvest", tasks::harvest}, {"preview", tasks::preview}, {"job", tasks::job},         {"search", tasks::search},
      {"source", tasks::source},   {"record", tasks::record},   {"reindex", tasks::reindex}, {"remap", tasks::remap},
      {"dump", tasks::dump},       {"user", tasks::user},       {"token", tasks::token},
  };
  const auto name = task["task"].string().value_or("");
  for (const auto& [known, run] : table)
    if (name == known) return run(instance, task, emit);
  return Error{ErrorCode::invalid_input, "there is no task named '" + std::string(name) + "'", "task", ""};
}

}  // namespace moisson::app
