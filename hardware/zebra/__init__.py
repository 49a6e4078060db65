"""Driver of Zebra's fixed readers (FX7500, FX9600, FXR90) with IoT Connector: REST, WebSocket, MQTT, HTTP POST."""
