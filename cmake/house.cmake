# How this house is built: one static library a room, linking exactly the rooms that DESIGN's table of arrows allows.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)

add_library(moisson_options INTERFACE)
target_compile_options(moisson_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers)
target_include_directories(moisson_options INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
target_link_libraries(moisson_options INTERFACE Boost::headers Threads::Threads)

# moisson_room(name SOURCES … ROOMS … PRIVATE …): the room `name` as the target moisson_name.
# ROOMS: the rooms that it may include, transitively visible. PRIVATE: its own third-party libraries, behind its door.
function(moisson_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;PRIVATE" ${ARGN})
  add_library(moisson_${name} STATIC ${ROOM_SOURCES})
  set(rooms "")
  foreach(room ${ROOM_ROOMS})
    list(APPEND rooms moisson_${room})
  endforeach()
  target_link_libraries(moisson_${name} PUBLIC moisson_options ${rooms} PRIVATE ${ROOM_PRIVATE})
endfunction()

# moisson_test(room SOURCES … [LINKS …]): the tests of a room, one program, each test known to ctest by name.
function(moisson_test room)
  cmake_parse_arguments(TEST "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${room}_test ${TEST_SOURCES})
  target_link_libraries(${room}_test PRIVATE moisson_options ${TEST_LINKS} GTest::gtest_main GTest::gmock)
  target_compile_definitions(${room}_test PRIVATE MOISSON_FIXTURES="${MOISSON_FIXTURES}" MOISSON_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  gtest_discover_tests(${room}_test DISCOVERY_TIMEOUT 60)
endfunction()
