DROP TABLE room_closures;
DROP TABLE rooms;
