# moisson_embed(room NAMESPACE ns ROOT dir FILES … [FURTHER name path …]): the files, as they are, inside the program, so that it needs
# none beside it; further ones stand elsewhere, each by its name and its path.
# Gives the room's sources the header "<room>/embedded.h" with
#   std::string_view ns::embedded(std::string_view name);   // the file's bytes by its path below ROOT; null data() if there is none
#   std::span<const Embedded> ns::all_embedded();           // {name, bytes}, the further ones first, then in the order of FILES
function(moisson_embed room)
  cmake_parse_arguments(EMBED "" "NAMESPACE;ROOT" "FILES;FURTHER" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(externs "")
  set(rows "")
  set(assembly "")
  set(n 0)
  set(depends "")
  set(pairs ${EMBED_FURTHER})
  foreach(file ${EMBED_FILES})
    list(APPEND pairs ${file} ${EMBED_ROOT}/${file})
  endforeach()
  while(pairs)
    list(POP_FRONT pairs file path)
    list(APPEND depends ${path})
    set(symbol moisson_embedded_${room}_${n})
    string(APPEND assembly "asm(\".section .rodata\\n.global ${symbol}\\n.global ${symbol}_end\\n${symbol}:\\n.incbin \\\"${path}\\\"\\n${symbol}_end:\\n.byte 0\\n.previous\\n\");\n")
    string(APPEND externs "extern const char ${symbol}[], ${symbol}_end[];\n")
    string(APPEND rows "    {\"${file}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR n "${n} + 1")
  endwhile()
  file(CONFIGURE OUTPUT ${out}/${room}/embedded.h CONTENT "// Generated from the build description. Constant data; thread-safe.
#pragma once

#include <span>
#include <string_view>

namespace @EMBED_NAMESPACE@ {

struct Embedded {
  std::string_view name;
  std::string_view bytes;
};
std::string_view embedded(std::string_view name);
std::span<const Embedded> all_embedded();

}  // namespace @EMBED_NAMESPACE@
" @ONLY)
  file(CONFIGURE OUTPUT ${out}/${room}_embedded.cpp CONTENT "#include \"${room}/embedded.h\"

@assembly@
extern \"C\" {
@externs@}

namespace @EMBED_NAMESPACE@ {

std::span<const Embedded> all_embedded() {
  static const Embedded table[] = {
@rows@  };
  return table;
}

std::string_view embedded(std::string_view name) {
  for (const auto& file : all_embedded())
    if (file.name == name) return file.bytes;
  return {};
}

}  // namespace @EMBED_NAMESPACE@
" @ONLY)
  set_source_files_properties(${out}/${room}_embedded.cpp PROPERTIES OBJECT_DEPENDS "${depends}")
  target_sources(moisson_${room} PRIVATE ${out}/${room}_embedded.cpp)
  target_include_directories(moisson_${room} PRIVATE ${out})
endfunction()
