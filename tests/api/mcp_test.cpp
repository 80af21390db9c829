#include "catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::api {
namespace {

class Mcp : public ::testing::Test {
 protected:
  Mcp() {
    catalog_.add_source("alpha", "Alpha");
    catalog_.harvest("alpha", {{"a", "Qualité de l'eau potable"}, {"b", "Lignes de bus", "TRAN"}});
    catalog_.project();
  }
  Reply post(std::string body) const {
    return catalog_.send("POST", "/mcp", {{"Content-Type", "application/json"}}, std::move(body));
  }
  Reply call(const std::string& tool, const std::string& arguments) const {
    return post(R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":")" + tool + R"(","arguments":)" +
                arguments + "}}");
  }
  Catalog catalog_;
};

TEST_F(Mcp, AgreesOnARevisionThatBothKnow) {
  const auto ask = [&](const std::string& revision) {
    const auto reply = post(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":")" +
                            revision + R"(","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})");
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_TRUE(reply.root()["result"]["capabilities"]["tools"].is(json::Kind::object));
    return reply.root()["result"]["protocolVersion"].text();
  };
  EXPECT_EQ(ask("2025-03-26"), "2025-03-26");
  EXPECT_EQ(ask("1999-01-01"), "2025-06-18");
}

TEST_F(Mcp, TellsItsToolsWithWhatTheyTake) {
  const auto reply = post(R"({"jsonrpc":"2.0","id":"x","method":"tools/list"})");
  const auto tools = reply.root()["result"]["tools"];
  ASSERT_EQ(tools.size(), 5u);
  const auto search = tools[std::size_t{0}];
  EXPECT_EQ(search["name"].text(), "search_datasets");
  EXPECT_EQ(search["inputSchema"]["properties"]["q"]["type"].text(), "string");
  EXPECT_EQ(search["inputSchema"]["properties"]["theme"]["type"].text(), "array");
  EXPECT_EQ(search["annotations"]["readOnlyHint"].boolean(), true);
  const auto read = tools[std::size_t{1}];
  EXPECT_EQ(read["inputSchema"]["required"][std::size_t{0}].text(), "id");
}

TEST_F(Mcp, SearchesThenReadsARecord) {
  const auto list = call("search_datasets", R"({"q":"eau","theme":["ENVI"],"page_size":5})");
  const auto found = list.root()["result"];
  EXPECT_EQ(found["isError"].boolean(), false);
  EXPECT_EQ(found["structuredContent"]["total"].integer(), 1);
  const auto id = found["structuredContent"]["results"][std::size_t{0}]["id"].text();
  const auto reply = call("read_dataset", "{\"id\":\"" + id + "\"}");
  const auto record = reply.root()["result"];
  EXPECT_EQ(record["structuredContent"]["id"].text(), id);
  EXPECT_THAT(record["content"][std::size_t{0}]["text"].text(), ::testing::HasSubstr("eau potable"));
}

TEST_F(Mcp, GivesATroubleOfTheRouteAsAnErrorOfTheTool) {
  const auto reply = call("search_datasets", R"({"page_size":"many"})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.root()["result"]["isError"].boolean(), true);
  EXPECT_THAT(reply.root()["result"]["content"][std::size_t{0}]["text"].text(), ::testing::HasSubstr("page_size"));
}

TEST_F(Mcp, RefusesWhatIsNoCallOfATool) {
  const auto code = [](const Reply& reply) { return reply.root()["error"]["code"].integer(); };
  EXPECT_EQ(code(post("{")), -32700);
  EXPECT_EQ(code(post("[]")), -32600);
  EXPECT_EQ(code(post(R"({"jsonrpc":"2.0","id":1,"method":"resources/list"})")), -32601);
  EXPECT_EQ(code(call("drop_everything", "{}")), -32602);
  EXPECT_EQ(code(call("read_dataset", "{}")), -32602);
  EXPECT_EQ(code(call("suggest", R"({"zone":1})")), -32602);
  EXPECT_EQ(catalog_.send("POST", "/mcp", {{"Content-Type", "text/plain"}}, "{}").status, 415);
}

TEST_F(Mcp, TakesANotificationInSilenceAndHasNoStream) {
  const auto reply = post(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
  EXPECT_EQ(reply.status, 202);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(catalog_.get("/mcp").status, 405);
}

}  // namespace
}  // namespace moisson::api
