"""What stands beside the documents in a cluster: registers, the trail, which generations a reader may not see."""
