// What the address asks for, such as ?websockets=off, stays over the way back.
document.getElementById("back").search = location.search;
