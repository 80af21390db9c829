#include "net/host_gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace moisson::net {
namespace {

using namespace std::chrono_literals;

TEST(HostGate, LetsOneRequestAtATimeToAHost) {
  HostGate gate;
  std::atomic<int> inside = 0, most = 0, entered = 0;
  {
    std::vector<std::jthread> jobs;
    for (int i = 0; i < 8; ++i) {
      jobs.emplace_back([&](const std::stop_token& stop) {
        for (int round = 0; round < 50; ++round) {
          const auto pass = gate.enter("portal", stop);
          if (!pass) return;
          most = std::max(most.load(), ++inside);
          ++entered;
          --inside;
        }
      });
    }
    for (auto& job : jobs) job.join();
  }
  EXPECT_EQ(most, 1);
  EXPECT_EQ(entered, 400);
}

TEST(HostGate, WaitsTheDelayOfTheHostAndOfNoOther) {
  std::vector<std::chrono::milliseconds> waits;
  HostGate gate([&](std::chrono::milliseconds time, const std::stop_token&) {
    waits.push_back(time);
    return true;
  });
  gate.set_delay("slow", 10s);
  { const auto first = gate.enter("slow", {}); }
  EXPECT_TRUE(waits.empty()) << "the first request needs no wait";
  { const auto second = gate.enter("slow", {}); }
  { const auto other = gate.enter("quick", {}); }
  { const auto again = gate.enter("quick", {}); }
  ASSERT_EQ(waits.size(), 1u);
  EXPECT_GT(waits[0], 9s);
  EXPECT_LE(waits[0], 10s);
}

TEST(HostGate, CapsADelay) {
  HostGate gate;
  gate.set_delay("h", 24h);
  EXPECT_EQ(gate.delay("h"), 60s);
  EXPECT_EQ(gate.delay("unknown"), 0ms);
}

TEST(HostGate, GivesNoPassOnceStopped) {
  HostGate gate;
  std::stop_source stop;
  const auto held = gate.enter("portal", {});
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_FALSE(gate.enter("portal", stop.get_token()));
}

TEST(HostGate, AStopDuringTheDelayFreesTheHost) {
  HostGate gate;
  gate.set_delay("portal", 60s);
  { const auto first = gate.enter("portal", {}); }
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(gate.enter("portal", stop.get_token()));
  gate.set_delay("portal", 0s);
  EXPECT_TRUE(gate.enter("portal", {}));
}

}  // namespace
}  // namespace moisson::net
