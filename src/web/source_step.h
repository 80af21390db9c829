// SourceStep: what a person does next with a source, each a button of its page and the last word of the address that the
// button sends to (POST /sources/{id}/{word}). Pure.
#pragma once

#include <moisson/harvest/source.h>
#include <moisson/http/identity.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace moisson::web {

enum class SourceStep : std::uint8_t { harvest, preview, submit, accept, decline, pause, resume, retire };

inline constexpr SourceStep source_steps[] = {SourceStep::harvest, SourceStep::preview, SourceStep::submit,
                                              SourceStep::accept,  SourceStep::decline, SourceStep::pause,
                                              SourceStep::resume,  SourceStep::retire};

std::string_view to_string(SourceStep step);

// The state that the step asks for; nothing for those that only read the portal.
std::optional<harvest::SourceState> state_after(SourceStep step);

// The least role of who may take it: whether a portal is let in is an administrator's to say.
http::Role role_for(SourceStep step);

// What `caller` may do with the source as it stands, in the order of the buttons, the one that the page is for first.
// A source of the configuration file is only harvested, foreseen, paused and resumed here: the file says the rest.
std::vector<SourceStep> steps_for(const harvest::HarvestSource& source, bool running, const http::Identity& caller);

}  // namespace moisson::web
