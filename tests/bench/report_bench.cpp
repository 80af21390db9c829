// What an operator waits for: the pages of a report of 100,000 outcomes, and the scheduler's look at 500 sources.
// usage: report_bench DIRECTORY

#include "store/store.h"
#include "store/writer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace moisson;
using harvest::RecordOutcome;

constexpr std::uint64_t outcomes = 100'000;
constexpr int rounds = 200;

template <class Work>
void print(const char* name, Work&& work) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(times.begin(), times.end());
  std::printf("%-44s p50 %6.2f ms   p99 %6.2f ms   worst %6.2f ms\n", name, times[rounds / 2], times[rounds * 99 / 100],
              times.back());
}

harvest::HarvestSource source(const std::string& id) {
  harvest::HarvestSource made;
  made.id = made.title = id;
  made.kind = "ckan";
  made.url = "https://" + id + ".example/";
  return made;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  const SystemClock clock;
  auto store = store::Store::open({.path = std::filesystem::path(argv[1]) / "report.sqlite"}, clock);
  if (!store) return std::fprintf(stderr, "%s\n", to_string(store.error()).c_str()), 1;
  auto& writer = (*store)->writer();
  for (int n = 0; n < 500; ++n)
    if (!writer.put_source(source("s" + std::to_string(n))) ||
        !writer.set_next_run("s" + std::to_string(n), clock.now()))
      return 1;
  auto run = writer.begin("s0", true);
  for (std::uint64_t done = 0; done < outcomes;) {
    store::Batch batch;
    for (int n = 0; n < 500; ++n, ++done)
      batch.left_out.push_back({done % 10 == 0 ? RecordOutcome::failed : RecordOutcome::skipped,
                                "record-" + std::to_string(done), "", "Title of record " + std::to_string(done),
                                "date_unreadable", "/result/" + std::to_string(done), "the date cannot be read",
                                "write it as 2024-05-01"});
    if (!run->apply(batch)) return 1;
  }
  const auto job = run->job().id;
  if (!run->end(harvest::JobOutcome::partial, std::nullopt, std::nullopt)) return 1;

  const store::Store& read = **store;
  std::printf("a report of %llu outcomes, 100 rows a page\n", static_cast<unsigned long long>(outcomes));
  print("first page", [&] { return read.job_records(job, std::nullopt, 0, 100); });
  print("first page of the failed", [&] { return read.job_records(job, RecordOutcome::failed, 0, 100); });
  print("first page of an outcome that none has", [&] { return read.job_records(job, RecordOutcome::moved, 0, 100); });
  print("a page in the middle", [&] { return read.job_records(job, std::nullopt, outcomes / 2, 100); });
  print("the job itself", [&] { return read.job(job); });
  print("500 sources, as the scheduler looks at them", [&] { return read.appointments(); });
  print("500 sources, with their jobs", [&] { return read.sources(); });
}
